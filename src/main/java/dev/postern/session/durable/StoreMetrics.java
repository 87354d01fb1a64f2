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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
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
    private volatile boolean isAnswering = true;

    StoreMetrics(WriteBehind queue, LongSupplier nanoTime) {
        this.queue = queue;
        this.nanoTime = nanoTime;
    }

    /**
     * The same rows for requests, whose calls are counted here. While the database does not answer, one write at a time
     * asks it. Others fail at once: they would hold threads of the server.
     *
     * @param patience for how long a call waits at least, also if its deadline is earlier
     */
    DurableRows ofRequests(DurableRows rows, Duration patience) {
        return new MeasuredRows(rows, patience, new Semaphore(1), this);
    }

    /** The same rows for the one thread that writes, whose calls are counted here. */
    DurableRows ofWriter(DurableRows rows) {
        return new MeasuredRows(rows, Duration.ZERO, new Semaphore(1), this);
    }

    /** For how many nanoseconds this thread has waited for the database in all. */
    long nanosWaited() {
        return waited.get();
    }

    /** Makes a call to the database, and notes its answer or its failure. */
    private <T> T measure(Supplier<T> call, Predicate<PosternException> isAnswer) {
        long start = nanoTime.getAsLong();
        try {
            T answer = call.get();
            isAnswering = true;
            return answer;
        } catch (PosternException e) {
            failures.increment();
            if (!isAnswer.test(e)) {
                isAnswering = false;
            }
            throw e;
        } finally {
            long nanos = nanoTime.getAsLong() - start;
            slowest.accumulate(nanos);
            waited.set(waited.get() + nanos);
        }
    }

    private <T> T look(Supplier<T> call) {
        lookups.increment();
        return measure(call, failure -> false);
    }

    /** A database that refuses to write may be read all the same. */
    private void change(Runnable call) {
        StoreMetrics unused = measure(
                () -> {
                    call.run();
                    return this;
                },
                failure -> failure instanceof DurableRows.RefusedException);
    }

    void countRestored() {
        restored.increment();
    }

    /** Whether the last call to the database was answered. A write that it has refused counts for neither. */
    boolean isAnswering() {
        return isAnswering;
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
        private final Semaphore probes;
        private final StoreMetrics metrics;

        MeasuredRows(DurableRows rows, Duration patience, Semaphore probes, StoreMetrics metrics) {
            this.rows = rows;
            this.patience = patience;
            this.probes = probes;
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
            write(tombstones.size(), () -> rows.end(tombstones, patient(deadline)));
        }

        @Override
        public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
            write(0, () -> rows.undo(tombstone, living, patient(deadline)));
        }

        @Override
        public void write(Collection<DurableRow> living, Deadline deadline) {
            write(living.size(), () -> rows.write(living, patient(deadline)));
        }

        @Override
        public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
            write(1, () -> rows.merge(row, winner, patient(deadline)));
        }

        @Override
        public void merge(DurableRow row, Optional<byte[]> expected, BinaryOperator<byte[]> winner, Deadline deadline) {
            write(1, () -> rows.merge(row, expected, winner, patient(deadline)));
        }

        private void write(int number, Runnable call) {
            boolean isProbe = !metrics.isAnswering();
            if (isProbe && !probes.tryAcquire()) {
                throw new PosternException("The store does not answer.");
            }
            try {
                metrics.change(call);
                metrics.written.add(number);
            } finally {
                if (isProbe) {
                    probes.release();
                }
            }
        }
    }
}
