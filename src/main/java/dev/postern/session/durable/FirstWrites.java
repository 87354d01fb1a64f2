package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.NotDurableException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/**
 * Writes what has ended to the grid and to the database. So an end is in the database when it is acknowledged.
 *
 * <p>A tombstone goes to the database first: a session that is over in the grid must not come back from there. If the
 * database does not answer, the grid is changed nevertheless. If the grid does not take the tombstone, the database may
 * have one of a session that goes on: see {@link UnconfirmedEnds}.
 *
 * <p>An epoch, or a name at an identity provider, goes to the grid first. It also ends sessions that do not exist yet:
 * in the database alone it would end one that begins meanwhile, after a stop of all nodes. If it is in the grid alone,
 * beginnings know of it.
 *
 * <p>If the grid was changed and the database has not answered, the end is in force on all nodes. But the call fails,
 * because a stop of all nodes may undo the end. The writer brings it to the database when that answers again.
 *
 * <p>Safe for concurrent use.
 */
final class FirstWrites {

    private final DurableStore.Parts parts;
    private final BulkEnds bulk;

    FirstWrites(DurableStore.Parts parts, BulkEnds bulk) {
        this.parts = parts;
        this.bulk = bulk;
    }

    /**
     * Writes the row to the database, and makes the change of the grid.
     *
     * @param seen the row that it replaces; empty if there is none
     * @param change changes the grid until a deadline, and returns whether it was changed
     * @throws NotDurableException if the grid was changed and the database does not answer
     */
    boolean write(RowKey key, Optional<byte[]> seen, byte[] next, Predicate<Deadline> change, Deadline deadline) {
        if (!parts.rule().isTombstone(key, next)) {
            return writeAfterGrid(new Merge(key, seen, next), change, deadline);
        }
        boolean isThere = seen.filter(row -> Arrays.equals(row, next)).isPresent();
        Write end = new End(key, seen, next);
        return isThere ? writeAfterGrid(end, change, deadline) : writeBeforeGrid(end, change, deadline);
    }

    /** Also for a tombstone that the grid has already, if it has no other row. */
    private boolean writeAfterGrid(Write write, Predicate<Deadline> change, Deadline deadline) {
        long began = parts.now();
        long waited = parts.metrics().nanosWaited();
        if (!isMade(write, change, deadline)) {
            return false;
        }
        writeWhatTheGridHas(write, deadline);
        if (parts.isSlow(began)) {
            requireInGrid(write, parts.after(deadline, waited));
        }
        return true;
    }

    /** If it is unknown whether the grid was changed, the writer finds out. */
    private boolean isMade(Write write, Predicate<Deadline> change, Deadline deadline) {
        try {
            return change.test(deadline);
        } catch (PosternException e) {
            parts.queue().addKeyOfEnd(write.key, parts.now());
            throw e;
        }
    }

    /** The grid may have lost the row since, and then got what the database had before this write. */
    private void requireInGrid(Write write, Deadline deadline) {
        if (parts.grid().read(write.key, deadline).filter(write::isIn).isEmpty()) {
            throw new PosternException("The grid has lost the row " + write.key + " while it was written.");
        }
    }

    private boolean writeBeforeGrid(Write write, Predicate<Deadline> change, Deadline deadline) {
        long began = parts.now();
        long waited = parts.metrics().nanosWaited();
        try {
            write.inDatabase(deadline);
        } catch (PosternException e) {
            return isMadeInGridAlone(write, change, parts.after(deadline, waited), e);
        }
        boolean isMade = isMadeThen(write, change, parts.after(deadline, waited));
        if (isMade && parts.isSlow(began)) {
            writeWhatTheGridHas(write, parts.after(deadline, waited)); // again: it may have been undone since
        }
        return isMade;
    }

    private boolean isMadeThen(Write write, Predicate<Deadline> change, Deadline deadline) {
        long returned = parts.now();
        boolean isMade = false;
        try {
            isMade = change.test(deadline);
        } finally {
            write.settle(isMade, true, returned);
        }
        return isMade;
    }

    /** The database has failed. False if the grid has another row: then the caller decides anew. */
    private boolean isMadeInGridAlone(
            Write write, Predicate<Deadline> change, Deadline deadline, PosternException failure) {
        long returned = parts.now();
        boolean isMade = false;
        try {
            isMade = change.test(deadline);
        } catch (PosternException e) {
            failure.addSuppressed(e);
            throw failure;
        } finally {
            write.settle(isMade, false, returned);
        }
        if (isMade) {
            throw new NotDurableException(failure);
        }
        return false;
    }

    private void writeWhatTheGridHas(Write write, Deadline deadline) {
        boolean isWritten = false;
        try {
            write.inDatabase(deadline);
            isWritten = true;
        } catch (PosternException e) {
            throw new NotDurableException(e);
        } finally {
            write.settle(true, isWritten, parts.now());
        }
    }

    /** One row. For one thread. */
    private abstract class Write {

        final RowKey key;
        final byte[] next;

        Write(RowKey key, byte[] next) {
            this.key = key;
            this.next = next;
        }

        abstract void inDatabase(Deadline deadline);

        /** Whether this row of the grid ends all that was ended. */
        abstract boolean isIn(byte[] present);

        /** What the history is to say when the database has the row. */
        Optional<PastSession> past() {
            return Optional.empty();
        }

        /**
         * Notes what is left to do, after the change of the grid.
         *
         * @param isMade whether the grid was changed
         * @param isWritten whether the database has answered
         * @param returned when it did, or failed
         */
        void settle(boolean isMade, boolean isWritten, long returned) {
            if (isMade && isWritten) {
                parts.recent().add(Set.of(key), returned);
            } else if (isMade) {
                parts.queue().addEnd(key, next, past(), returned);
            }
        }
    }

    /** An epoch, or a name at an identity provider. */
    private final class Merge extends Write {

        private final Optional<byte[]> seen;

        Merge(RowKey key, Optional<byte[]> seen, byte[] next) {
            super(key, next);
            this.seen = seen.filter(row -> parts.row(key, row).isPresent());
        }

        @Override
        void inDatabase(Deadline deadline) {
            BinaryOperator<byte[]> winner = parts.rule().winner(key);
            parts.rows().merge(parts.row(key, next).orElseThrow(), seen, winner, deadline);
        }

        @Override
        void settle(boolean isMade, boolean isWritten, long returned) {
            super.settle(isMade, isWritten, returned);
            if (isMade && isWritten && key.isEpoch()) {
                bulk.noteEpoch(key, next, returned);
            }
        }

        @Override
        boolean isIn(byte[] present) {
            return key.isEpoch()
                    ? parts.rule().isMerged(key, present, next)
                    : parts.rule().hasEnded(key, present, next);
        }
    }

    /** The end of a session. */
    private final class End extends Write {

        private final Optional<byte[]> seen;
        private Optional<DurableRow> tombstone = Optional.empty();

        End(RowKey key, Optional<byte[]> seen, byte[] next) {
            super(key, next);
            this.seen = seen;
        }

        /** Each write has bytes of its own. */
        @Override
        void inDatabase(Deadline deadline) {
            DurableRow own = parts.tombstone(key, seen, next);
            tombstone = Optional.of(own);
            parts.rows().end(List.of(own), deadline);
        }

        @Override
        Optional<PastSession> past() {
            return tombstone.flatMap(DurableRow::past);
        }

        @Override
        boolean isIn(byte[] present) {
            return parts.rule().isTombstone(key, present);
        }

        @Override
        void settle(boolean isMade, boolean isWritten, long returned) {
            super.settle(isMade, isWritten, returned);
            if (!isMade) {
                tombstone.ifPresent(row -> parts.unconfirmed().add(row, isWritten, returned));
            }
        }
    }
}
