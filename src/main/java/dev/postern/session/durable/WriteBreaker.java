package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Semaphore;
import java.util.function.BinaryOperator;

/**
 * A circuit breaker for the writes of one node to a database. While the last write was not answered, one at a time asks
 * the database. Others fail at once: they would hold threads of the server.
 *
 * <p>It does not heed reads. A database may answer them while writes wait for its copy, or for a lock.
 *
 * <p>Safe for concurrent use.
 */
final class WriteBreaker {

    private volatile boolean isAnswering = true;

    /** The same rows for some callers. They have one probe among themselves. */
    DurableRows of(DurableRows rows) {
        return new GuardedRows(rows, this);
    }

    /** Whether the last write was answered. One that the database has refused changes nothing. */
    boolean isAnswering() {
        return isAnswering;
    }

    private void write(Runnable call) {
        try {
            call.run();
            isAnswering = true;
        } catch (DurableRows.RefusedException e) {
            throw e;
        } catch (PosternException e) {
            isAnswering = false;
            throw e;
        }
    }

    private static final class GuardedRows implements DurableRows {

        private final DurableRows rows;
        private final WriteBreaker breaker;
        private final Semaphore probes = new Semaphore(1);

        GuardedRows(DurableRows rows, WriteBreaker breaker) {
            this.rows = rows;
            this.breaker = breaker;
        }

        @Override
        public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
            return rows.read(keys, deadline);
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            return rows.rowsOf(user, deadline);
        }

        @Override
        public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
            return rows.rowsBehind(key, most, deadline);
        }

        @Override
        public void end(Collection<DurableRow> tombstones, Deadline deadline) {
            write(() -> rows.end(tombstones, deadline));
        }

        @Override
        public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
            write(() -> rows.undo(tombstone, living, deadline));
        }

        @Override
        public void write(Collection<DurableRow> living, Deadline deadline) {
            write(() -> rows.write(living, deadline));
        }

        @Override
        public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
            write(() -> rows.merge(row, winner, deadline));
        }

        @Override
        public void merge(DurableRow row, Optional<byte[]> expected, BinaryOperator<byte[]> winner, Deadline deadline) {
            write(() -> rows.merge(row, expected, winner, deadline));
        }

        private void write(Runnable call) {
            boolean isProbe = !breaker.isAnswering;
            if (isProbe && !probes.tryAcquire()) {
                throw new PosternException("The store does not answer.");
            }
            try {
                breaker.write(call);
            } finally {
                if (isProbe) {
                    probes.release();
                }
            }
        }
    }
}
