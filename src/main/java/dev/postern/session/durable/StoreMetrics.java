package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Counts what this node has written to the database and read from it, since its start. JMX shows it.
 *
 * <p>Safe for concurrent use.
 */
public final class StoreMetrics {

    private final WriteBehind queue;
    private final LongSupplier nanoTime;
    private final LongAdder written = new LongAdder();
    private final LongAdder lookups = new LongAdder();
    private final LongAdder restored = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAccumulator slowest = new LongAccumulator(Math::max, 0);
    private final ThreadLocal<Long> waited = ThreadLocal.withInitial(() -> 0L);
    private volatile boolean isReadable = true;

    StoreMetrics(WriteBehind queue, LongSupplier nanoTime) {
        this.queue = queue;
        this.nanoTime = nanoTime;
    }

    /**
     * The same rows for requests, whose calls are counted here.
     *
     * @param patience for how long a call waits at least, also if its deadline is earlier
     */
    DurableRows ofRequests(DurableRows rows, Duration patience) {
        return new MeasuredRows(rows, patience, this);
    }

    /** The same rows for the one thread that writes, whose calls are counted here. */
    DurableRows ofWriter(DurableRows rows) {
        return new MeasuredRows(rows, Duration.ZERO, this);
    }

    /** For how many nanoseconds this thread has waited for the database in all. */
    long nanosWaited() {
        return waited.get();
    }

    private <T> T measure(Supplier<T> call) {
        long start = nanoTime.getAsLong();
        try {
            return call.get();
        } catch (PosternException e) {
            failures.increment();
            throw e;
        } finally {
            long nanos = nanoTime.getAsLong() - start;
            slowest.accumulate(nanos);
            waited.set(waited.get() + nanos);
        }
    }

    private <T> T look(Supplier<T> call) {
        lookups.increment();
        try {
            T answer = measure(call);
            isReadable = true;
            return answer;
        } catch (PosternException e) {
            isReadable = false;
            throw e;
        }
    }

    private void change(int number, Runnable call) {
        StoreMetrics unused = measure(() -> {
            call.run();
            return this;
        });
        written.add(number);
    }

    void countRestored() {
        restored.increment();
    }

    /** Whether the last look-up in the database was answered. Writes have a {@link WriteBreaker} of their own. */
    boolean isReadable() {
        return isReadable;
    }

    /** How many rows wait to be written. */
    public long waiting() {
        return queue.size();
    }

    /** For how many milliseconds the oldest row has waited; zero if none waits. */
    public long oldestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(queue.oldestNanos(nanoTime.getAsLong()));
    }

    /** How many rows were written. */
    public long written() {
        return written.sum();
    }

    /** How many rows were dropped because too many waited. */
    public long dropped() {
        return queue.dropped();
    }

    /** How often the database was asked for rows. */
    public long lookups() {
        return lookups.sum();
    }

    /** How many sessions were put back into the grid, tombstones among them. */
    public long restored() {
        return restored.sum();
    }

    /** How many calls to the database failed or were not answered in time. */
    public long failures() {
        return failures.sum();
    }

    /** How many milliseconds the slowest call to the database took. */
    public long slowestMillis() {
        return TimeUnit.NANOSECONDS.toMillis(slowest.get());
    }

    /** Rows whose calls are counted. */
    private static final class MeasuredRows implements DurableRows {

        private final DurableRows rows;
        private final Duration patience;
        private final StoreMetrics metrics;

        MeasuredRows(DurableRows rows, Duration patience, StoreMetrics metrics) {
            this.rows = rows;
            this.patience = patience;
            this.metrics = metrics;
        }

        private Deadline patient(Deadline deadline) {
            return deadline.nanosLeft() < patience.toNanos() ? Deadline.in(patience) : deadline;
        }

        @Override
        public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
            return metrics.look(() -> rows.read(keys, patient(deadline)));
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            return metrics.look(() -> rows.rowsOf(user, patient(deadline)));
        }

        @Override
        public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
            return metrics.look(() -> rows.rowsBehind(key, most, patient(deadline)));
        }

        @Override
        public void end(Collection<DurableRow> tombstones, Deadline deadline) {
            metrics.change(tombstones.size(), () -> rows.end(tombstones, patient(deadline)));
        }

        @Override
        public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
            metrics.change(0, () -> rows.undo(tombstone, living, patient(deadline)));
        }

        @Override
        public void write(Collection<DurableRow> living, Deadline deadline) {
            metrics.change(living.size(), () -> rows.write(living, patient(deadline)));
        }

        @Override
        public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
            metrics.change(1, () -> rows.merge(row, winner, patient(deadline)));
        }

        @Override
        public void merge(DurableRow row, Optional<byte[]> expected, BinaryOperator<byte[]> winner, Deadline deadline) {
            metrics.change(1, () -> rows.merge(row, expected, winner, patient(deadline)));
        }
    }
}
