package dev.postern.session.durable;

import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The rows that wait to be written to the database, one for each key. The number of rows and of bytes is bounded.
 * Beyond that the oldest is dropped. A living session waits again after its next write to the grid. An end does not, so
 * ends are dropped only if nothing else waits.
 *
 * <p>It knows no thread and no clock. Times come from the caller, in nanoseconds of a monotonic clock. Safe for
 * concurrent use.
 */
final class WriteBehind {

    /** The most rows that wait. */
    static final int MOST = 50_000;

    /** The most bytes that wait. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    /** From this many rows on the writer does not wait any longer. */
    static final int BATCH = 500;

    private static final byte[] NOTHING = {};

    private final int most;
    private final long mostBytes;
    private final Map<RowKey, Waiting> rows = new LinkedHashMap<>();

    /** The keys of those that are no ends, in the same order. */
    private final Set<RowKey> living = new LinkedHashSet<>();

    private volatile Runnable onBatch = () -> {};
    private long bytes;
    private long dropped;

    WriteBehind() {
        this(MOST, MOST_BYTES);
    }

    WriteBehind(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * A row that waits: the bytes that were written to the grid last, what the history is to say if it is a tombstone,
     * since when it waits, and when it was added last.
     *
     * <p>Immutable, as long as the array is not changed.
     */
    static final class Waiting {

        private final RowKey key;
        private final byte[] bytes;
        private final Optional<PastSession> past;
        private final long since;
        private final long added;

        private Waiting(RowKey key, byte[] bytes, Optional<PastSession> past, long since, long added) {
            this.key = key;
            this.bytes = bytes;
            this.past = past;
            this.since = since;
            this.added = added;
        }

        RowKey key() {
            return key;
        }

        byte[] bytes() {
            return bytes;
        }

        Optional<PastSession> past() {
            return past;
        }
    }

    /** Sets what runs after each added row while a batch waits. It must not take long. */
    void whenBatchWaits(Runnable action) {
        onBatch = action;
    }

    /** Adds a row that ends nothing. It takes the place of the one that waits under the same key. */
    void add(RowKey key, byte[] row, long now) {
        wakeIfBatch(put(key, row, Optional.empty(), false, now));
    }

    /**
     * Adds a row that ends something, like {@link #add}.
     *
     * @param past what the history is to say of the session of a tombstone, once it is written
     */
    void addEnd(RowKey key, byte[] row, Optional<PastSession> past, long now) {
        wakeIfBatch(put(key, row, past, true, now));
    }

    /**
     * Adds a key whose row in the grid has changed, or perhaps not. What waits under the key stays. If nothing does,
     * only what the grid has by then is written.
     */
    void addKey(RowKey key, long now) {
        wakeIfBatch(putKey(key, false, now));
    }

    /** Adds a key like {@link #addKey}, whose row in the grid perhaps ends something. */
    void addKeyOfEnd(RowKey key, long now) {
        wakeIfBatch(putKey(key, true, now));
    }

    private void wakeIfBatch(int waiting) {
        if (waiting >= BATCH) {
            onBatch.run();
        }
    }

    private synchronized int putKey(RowKey key, boolean isEnd, long now) {
        Waiting present = rows.get(key);
        return put(key, present == null ? NOTHING : present.bytes, Optional.empty(), isEnd, now);
    }

    /** What was an end once stays one: a name at an identity provider is written again with all that has ended. */
    private synchronized int put(RowKey key, byte[] row, Optional<PastSession> past, boolean isEnd, long now) {
        Waiting former = rows.get(key);
        Optional<PastSession> known = former == null ? past : past.or(former::past);
        bytes += row.length - (former == null ? 0 : former.bytes.length);
        rows.put(key, new Waiting(key, row.clone(), known, former == null ? now : former.since, now));
        if (isEnd) {
            living.remove(key);
        } else if (former == null) {
            living.add(key);
        }
        while (rows.size() > most || bytes > mostBytes) {
            remove((living.isEmpty() ? rows.keySet() : living).iterator().next());
            dropped++;
        }
        return rows.size();
    }

    /** At most so many of the rows that wait, the oldest first. They go on waiting. */
    synchronized List<Waiting> oldest(int number) {
        return rows.values().stream().limit(number).toList();
    }

    /** These rows are in the database. Those that were added again meanwhile go on waiting, behind all others. */
    synchronized void written(Collection<Waiting> done) {
        for (Waiting row : done) {
            Waiting present = rows.get(row.key);
            if (present == row) {
                remove(row.key);
            } else if (present != null) {
                putLast(new Waiting(row.key, present.bytes, present.past, present.added, present.added));
            }
        }
    }

    /** These rows could not be written. They go on waiting, behind all others. */
    synchronized void postpone(Collection<Waiting> failed) {
        List<Waiting> present = new ArrayList<>();
        failed.forEach(row -> {
            Waiting still = rows.get(row.key);
            if (still != null) {
                present.add(still);
            }
        });
        present.forEach(this::putLast);
    }

    private void putLast(Waiting row) {
        rows.remove(row.key);
        rows.put(row.key, row);
        if (living.remove(row.key)) {
            living.add(row.key);
        }
    }

    /** The row need not be written any more. */
    synchronized void remove(RowKey key) {
        Waiting removed = rows.remove(key);
        living.remove(key);
        bytes -= removed == null ? 0 : removed.bytes.length;
    }

    /** How many rows wait. */
    synchronized int size() {
        return rows.size();
    }

    /** How many rows were dropped since the start. */
    synchronized long dropped() {
        return dropped;
    }

    /** For how many nanoseconds the oldest row has waited; zero if none waits. */
    synchronized long oldestNanos(long now) {
        return rows.values().stream()
                .mapToLong(row -> Math.max(0, now - row.since))
                .max()
                .orElse(0);
    }
}
