package dev.postern.hazelcast.map;

import com.hazelcast.map.IMap;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Compare-and-sets many rows: on several threads, and each thread verifies the times to live of its rows in batches.
 *
 * <p>Safe for concurrent use.
 */
final class BatchSwaps {

    private static final int THREADS = 8;

    /** How many rows are verified with one read. */
    private static final int BATCH = 25;

    /** No write begins in the last part of the time, so that a slow grid ends what has begun, and verifies it. */
    private static final int LAST_PART = 2;

    private final Supplier<IMap<String, Object>> map;
    private final GridCalls calls;
    private final TtlWriter ttl;

    BatchSwaps(Supplier<IMap<String, Object>> map, GridCalls calls, TtlWriter ttl) {
        this.map = map;
        this.calls = calls;
        this.ttl = ttl;
    }

    /** See {@link CredentialsCache#swapAll}. */
    void swapAll(Collection<CredentialsCache.Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        Queue<CredentialsCache.Swap> left = new ConcurrentLinkedQueue<>(swaps);
        int threads = Math.min(swaps.size(), THREADS);
        Deadline writes = deadline.after(Duration.ofNanos(-deadline.nanosLeft() / LAST_PART));
        calls.runParallel(threads, () -> swapBatches(left, made, writes, deadline), deadline);
    }

    private void swapBatches(
            Queue<CredentialsCache.Swap> left, Consumer<RowKey> made, Deadline writes, Deadline deadline) {
        List<CredentialsCache.Swap> batch = take(left);
        while (!batch.isEmpty() && writes.nanosLeft() > 0) {
            Map<RowKey, byte[]> written = new HashMap<>();
            for (CredentialsCache.Swap swap : batch) {
                if (writes.nanosLeft() > 0 && calls.runHere(() -> write(swap), deadline)) {
                    written.put(swap.key(), swap.next());
                }
            }
            calls.runHere(() -> ttl.verify(written), deadline);
            written.keySet().forEach(made);
            batch = take(left);
        }
    }

    private static List<CredentialsCache.Swap> take(Queue<CredentialsCache.Swap> left) {
        return Stream.generate(left::poll)
                .limit(BATCH)
                .takeWhile(Objects::nonNull)
                .toList();
    }

    private boolean write(CredentialsCache.Swap swap) {
        boolean isWritten = map.get().replace(swap.key().text(), swap.seen(), swap.next());
        if (isWritten) {
            ttl.set(swap.key(), swap.next());
        }
        return isWritten;
    }
}
