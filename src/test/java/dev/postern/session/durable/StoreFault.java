package dev.postern.session.durable;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import dev.postern.testing.InMemoryDurableRows;
import dev.postern.testing.PassingRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** A rule of the store that is broken. Histories have to find it. */
enum StoreFault {
    NONE(0, ""),
    /** Rows that are written later are not written. */
    WRITES_DROPPED(0, "durable, Absent"),
    /** Ends are not written. */
    ENDS_DROPPED(0, "an end is undone"),
    /** Ends are acknowledged as if the grid went first. They are written with the next rows. */
    ENDS_AFTER_THE_GRID(0, "an end is undone"),
    /** A living row replaces a tombstone. */
    TOMBSTONES_OVERWRITTEN(0, "an end is undone"),
    /** An end that the grid does not take stays in the database. */
    UNDO_DROPPED(19, "durable, Over"),
    /** The end by another node is undone as well. */
    UNDO_WITHOUT_LOOKING(17, "an end is undone"),
    /** Epochs are not written. */
    EPOCHS_DROPPED(34, "an end is undone"),
    /** Sessions come back without their epoch. */
    EPOCHS_NOT_READ(25, "an end is undone");

    private final long seed;
    private final String verdict;

    StoreFault(long seed, String verdict) {
        this.seed = seed;
        this.verdict = verdict;
    }

    /** A history with this seed has found it. */
    long seed() {
        return seed;
    }

    /** What the referee says in the end. */
    String verdict() {
        return verdict;
    }

    /** A way to the database that has this fault. The tombstones that wait in it are lost with its node. */
    DurableRows in(InMemoryDurableRows database) {
        return this == NONE ? database : new FaultyRows(database, this);
    }

    private static final class FaultyRows extends PassingRows {

        private final InMemoryDurableRows database;
        private final StoreFault fault;
        private final List<DurableRow> waiting = new ArrayList<>();

        FaultyRows(InMemoryDurableRows database, StoreFault fault) {
            super(database);
            this.database = database;
            this.fault = fault;
        }

        @Override
        public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
            return found(super.read(keys, deadline));
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            return found(super.rowsOf(user, deadline));
        }

        private Map<RowKey, byte[]> found(Map<RowKey, byte[]> rows) {
            Map<RowKey, byte[]> found = new TreeMap<>(rows);
            found.keySet().removeIf(key -> fault == EPOCHS_NOT_READ && key.isEpoch());
            return found;
        }

        @Override
        public void end(Collection<DurableRow> tombstones, Deadline deadline) {
            if (fault == ENDS_AFTER_THE_GRID) {
                waiting.addAll(tombstones);
            } else if (fault != ENDS_DROPPED) {
                super.end(tombstones, deadline);
            }
        }

        @Override
        public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
            if (fault == UNDO_WITHOUT_LOOKING) {
                byte[] there = database.row(living.key()).orElse(living).bytes();
                super.undo(there, living, deadline);
            } else if (fault != UNDO_DROPPED) {
                super.undo(tombstone, living, deadline);
            }
        }

        @Override
        public void write(Collection<DurableRow> living, Deadline deadline) {
            List<DurableRow> late = List.copyOf(waiting);
            waiting.clear();
            super.end(late, deadline);
            if (fault == TOMBSTONES_OVERWRITTEN) {
                living.stream()
                        .filter(row -> isOver(row.key()))
                        .forEach(row -> database.undo(
                                database.row(row.key()).orElse(row).bytes(), row, deadline));
            }
            if (fault != WRITES_DROPPED) {
                super.write(living, deadline);
            }
        }

        private boolean isOver(RowKey key) {
            return database.row(key).filter(row -> row.kind() == Kind.OVER).isPresent();
        }

        @Override
        public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
            if (fault != EPOCHS_DROPPED || row.kind() != Kind.EPOCH) {
                super.merge(row, winner, deadline);
            }
        }
    }
}
