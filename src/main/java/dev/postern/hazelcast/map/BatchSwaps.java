package dev.postern.hazelcast.map;

import com.hazelcast.map.IMap;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
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
 * Makes many swaps of rows at a time: several in parallel, and what a single one asks for itself they ask for in
 * batches.
 *
 * <p>Safe for concurrent use.
 */
final class BatchSwaps {

    private static final int THREADS = 8;

    /** Of how many swaps the grid is asked at once whether others have written meanwhile. */
    private static final int AT_ONCE = 25;

    private final Supplier<IMap<String, Object>> map;
    private final GridCalls calls;
    private final TtlWriter times;

    BatchSwaps(Supplier<IMap<String, Object>> map, GridCalls calls, TtlWriter times) {
        this.map = map;
        this.calls = calls;
        this.times = times;
    }

    /** See {@link dev.postern.session.store.CredentialsCache#swapAll}. */
    void make(Collection<CredentialsCache.Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        Queue<CredentialsCache.Swap> left = new ConcurrentLinkedQueue<>(swaps);
        int threads = Math.min(swaps.size(), THREADS);
        calls.runSeveral(threads, () -> makeSome(left, made, deadline), deadline);
    }

    private void makeSome(Queue<CredentialsCache.Swap> left, Consumer<RowKey> made, Deadline deadline) {
        List<CredentialsCache.Swap> some = take(left);
        while (!some.isEmpty() && deadline.nanosLeft() > 0) {
            Map<RowKey, byte[]> written = new HashMap<>();
            for (CredentialsCache.Swap swap : some) {
                if (deadline.nanosLeft() > 0 && calls.make(() -> begin(swap), deadline)) {
                    written.put(swap.key(), swap.next());
                }
            }
            calls.make(() -> times.settle(written), deadline);
            written.keySet().forEach(made);
            some = take(left);
        }
    }

    private static List<CredentialsCache.Swap> take(Queue<CredentialsCache.Swap> left) {
        return Stream.generate(left::poll)
                .limit(AT_ONCE)
                .takeWhile(Objects::nonNull)
                .toList();
    }

    private boolean begin(CredentialsCache.Swap swap) {
        boolean isWritten = map.get().replace(swap.key().text(), swap.seen(), swap.next());
        if (isWritten) {
            times.set(swap.key(), swap.next());
        }
        return isWritten;
    }
}
