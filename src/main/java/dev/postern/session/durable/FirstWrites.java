package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.store.CredentialsCache.Swap;
import dev.postern.session.store.NotDurableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
 * <p>If the database has an epoch that ends a session, its tombstone is written later. Until then a session that comes
 * back is over all the same. So the end of all sessions of a user waits for the database once.
 *
 * <p>If the grid was changed and the database has not answered, the end is in force on all nodes. But the call fails,
 * because a stop of all nodes may undo the end. The writer brings it to the database when that answers again.
 *
 * <p>Safe for concurrent use.
 */
final class FirstWrites {

    /** Between the write of an epoch and those of the tombstones of its sessions. */
    private static final Duration LONGEST_END = Duration.ofMinutes(1);

    private static final int MOST_EPOCHS = 10_000;

    private final DurableStore.Parts parts;
    private final RowMergeRule merging;

    /** Epochs that the database has, because this node has just written them. */
    private final RecentEntries<RowKey, Epoch> epochs = new RecentEntries<>(MOST_EPOCHS, LONGEST_END);

    FirstWrites(DurableStore.Parts parts) {
        this.parts = parts;
        this.merging = new RowMergeRule(parts.rule().codec());
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
        if (isSlow(began)) {
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
        if (isMade && isSlow(began)) {
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

    private boolean isSlow(long began) {
        return parts.now() - began > UnconfirmedEnds.SLOW.toNanos();
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
            parts.rows().merge(parts.row(key, next).orElseThrow(), seen, winner(key), deadline);
        }

        @Override
        void settle(boolean isMade, boolean isWritten, long returned) {
            super.settle(isMade, isWritten, returned);
            if (isMade && isWritten && key.isEpoch()) {
                parts.rule()
                        .codec()
                        .decode(key, next)
                        .filter(Epoch.class::isInstance)
                        .ifPresent(row -> epochs.put(key, (Epoch) row, returned));
            }
        }

        @Override
        boolean isIn(byte[] present) {
            return key.isEpoch()
                    ? Arrays.equals(merging.winner(key, present, next), present)
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
                tombstone.ifPresent(row -> unconfirmed(row, isWritten, returned));
            }
        }
    }

    private void unconfirmed(DurableRow tombstone, boolean isWritten, long returned) {
        if (isWritten) {
            parts.unconfirmed().add(tombstone.key(), tombstone.bytes(), returned);
        } else {
            parts.unconfirmed().addUnanswered(tombstone.key(), tombstone.bytes(), returned);
        }
    }

    /** What the database has to have of two rows. */
    BinaryOperator<byte[]> winner(RowKey key) {
        return (present, next) -> merging.winner(key, present, next);
    }

    /** Whether the database has all that this row says. */
    boolean isMerged(DurableRow row, byte[] stored) {
        return Arrays.equals(merging.winner(row.key(), stored, row.bytes()), stored);
    }

    /** Replaces rows by tombstones: in the database all at once, and in the grid each for itself. */
    void endAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        Map<Boolean, List<Swap>> parted = swaps.stream().collect(Collectors.partitioningBy(this::isEndedByEpoch));
        List<Swap> ended = parted.getOrDefault(true, List.of());
        List<Swap> others = parted.getOrDefault(false, List.of());
        if (!ended.isEmpty()) {
            swapAll(ended, tombstones(ended), InDatabase.LATER, made, deadline);
        }
        if (!others.isEmpty()) {
            endAllFirst(others, made, deadline);
        }
    }

    /** Whether the database has an epoch that ends the session. */
    private boolean isEndedByEpoch(Swap swap) {
        RowKey epoch = RowKey.epoch(swap.key().user().orElseThrow());
        Optional<SessionRow> row = parts.rule().codec().decode(swap.key(), swap.seen());
        return epochs.get(epoch, parts.now())
                .filter(raised -> row.orElse(null) instanceof Active living
                        && raised.ends(swap.key().session().orElseThrow(), living))
                .isPresent();
    }

    private void endAllFirst(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        long began = parts.now();
        long waited = parts.metrics().nanosWaited();
        Map<RowKey, DurableRow> tombstones = tombstones(swaps);
        try {
            parts.rows().end(tombstones.values(), deadline);
        } catch (PosternException e) {
            endInGrid(swaps, tombstones, made, parts.after(deadline, waited), e);
            throw new NotDurableException(e);
        }
        Queue<RowKey> slow = new ConcurrentLinkedQueue<>();
        Consumer<RowKey> inTime = key -> {
            if (isSlow(began)) {
                slow.add(key);
            } else {
                made.accept(key);
            }
        };
        swapAll(swaps, tombstones, InDatabase.WRITTEN, inTime, parts.after(deadline, waited));
        if (!slow.isEmpty()) {
            Map<RowKey, DurableRow> again = tombstones(swaps);
            again.keySet().retainAll(new HashSet<>(slow));
            writeAgain(again.values(), parts.after(deadline, waited), made);
        }
    }

    /** They may have been undone since. */
    private void writeAgain(Collection<DurableRow> tombstones, Deadline deadline, Consumer<RowKey> made) {
        try {
            parts.rows().end(tombstones, deadline);
        } catch (PosternException e) {
            tombstones.forEach(this::endLater);
            throw new NotDurableException(e);
        } finally {
            tombstones.forEach(tombstone -> made.accept(tombstone.key()));
        }
    }

    /** The grid has it. */
    private void endLater(DurableRow tombstone) {
        parts.queue().addEnd(tombstone.key(), tombstone.bytes(), tombstone.past(), parts.now());
    }

    /** The database has failed. */
    private void endInGrid(
            Collection<Swap> swaps,
            Map<RowKey, DurableRow> tombstones,
            Consumer<RowKey> made,
            Deadline deadline,
            PosternException failure) {
        try {
            swapAll(swaps, tombstones, InDatabase.UNANSWERED, made, deadline);
        } catch (PosternException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    /** What has become of tombstones in the database, before they are written to the grid. */
    private enum InDatabase {
        WRITTEN,
        /** It has failed, and may have written them. */
        UNANSWERED,
        /** It was not asked. */
        LATER
    }

    private void swapAll(
            Collection<Swap> swaps,
            Map<RowKey, DurableRow> tombstones,
            InDatabase state,
            Consumer<RowKey> made,
            Deadline deadline) {
        long returned = parts.now();
        Queue<RowKey> done = new ConcurrentLinkedQueue<>();
        try {
            parts.grid()
                    .swapAll(
                            swaps,
                            key -> {
                                done.add(key);
                                made.accept(key);
                            },
                            deadline);
        } finally {
            Set<RowKey> ended = new HashSet<>(done);
            tombstones.forEach((key, tombstone) -> {
                if (!ended.contains(key) && state != InDatabase.LATER) {
                    unconfirmed(tombstone, state == InDatabase.WRITTEN, returned);
                } else if (ended.contains(key) && state != InDatabase.WRITTEN) {
                    endLater(tombstone);
                }
            });
            if (state == InDatabase.WRITTEN) {
                parts.recent().add(ended, returned);
            }
        }
    }

    private Map<RowKey, DurableRow> tombstones(Collection<Swap> swaps) {
        Map<RowKey, DurableRow> tombstones = new HashMap<>();
        swaps.forEach(
                swap -> tombstones.put(swap.key(), parts.tombstone(swap.key(), Optional.of(swap.seen()), swap.next())));
        return tombstones;
    }
}
