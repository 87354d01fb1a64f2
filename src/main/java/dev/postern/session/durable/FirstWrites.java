package dev.postern.session.durable;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.CredentialsCache.Swap;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Writes what has ended to the database first, and to the grid then. So an end that a node reads in the grid is in the
 * database.
 *
 * <p>If the database does not answer, the grid stays as it is. If the grid does not take a tombstone, the database may
 * have one of a session that goes on: see {@link UnconfirmedEnds}. An epoch or a name at an identity provider stays in
 * the database. It ends no more than its caller wanted.
 *
 * <p>Safe for concurrent use.
 */
final class FirstWrites {

    private final DurableRows rows;
    private final CredentialsCache grid;
    private final DurabilityRule rule;
    private final RowMergeRule merging;
    private final UnconfirmedEnds unconfirmed;
    private final LongSupplier nanoTime;

    FirstWrites(
            DurableRows rows,
            CredentialsCache grid,
            DurabilityRule rule,
            UnconfirmedEnds unconfirmed,
            LongSupplier nanoTime) {
        this.rows = rows;
        this.grid = grid;
        this.rule = rule;
        this.merging = new RowMergeRule(rule.codec());
        this.unconfirmed = unconfirmed;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes the row to the database, and makes the change of the grid then.
     *
     * @return whether the grid was changed
     */
    boolean write(RowKey key, byte[] next, BooleanSupplier change, Deadline deadline) {
        DurableRow row = rule.row(key, next, grid.now()).orElseThrow();
        if (row.kind() == DurableRow.Kind.OVER) {
            return end(key, next, change, deadline);
        }
        merge(row, deadline);
        return change.getAsBoolean();
    }

    /** Combines the row with the one that the database has. */
    void merge(DurableRow row, Deadline deadline) {
        rows.merge(row, (present, next) -> merging.winner(row.key(), present, next), deadline);
    }

    private boolean end(RowKey key, byte[] next, BooleanSupplier change, Deadline deadline) {
        long began = nanoTime.getAsLong();
        DurableRow tombstone = rule.tombstone(key, next, grid.now());
        rows.end(List.of(tombstone), deadline);
        long returned = nanoTime.getAsLong();
        boolean isMade = false;
        try {
            isMade = change.getAsBoolean();
        } finally {
            if (!isMade) {
                unconfirmed.add(key, tombstone.bytes(), returned);
            }
        }
        if (isMade && isSlow(began)) {
            rows.end(List.of(rule.tombstone(key, next, grid.now())), deadline);
        }
        return isMade;
    }

    private boolean isSlow(long began) {
        return nanoTime.getAsLong() - began > UnconfirmedEnds.SLOW.toNanos();
    }

    /** Replaces rows by tombstones: in the database all at once, and in the grid each for itself. */
    void endAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        long began = nanoTime.getAsLong();
        Map<RowKey, DurableRow> tombstones = tombstones(swaps);
        rows.end(tombstones.values(), deadline);
        long returned = nanoTime.getAsLong();
        Queue<RowKey> slow = new ConcurrentLinkedQueue<>();
        Queue<RowKey> done = new ConcurrentLinkedQueue<>();
        try {
            grid.swapAll(
                    swaps,
                    key -> {
                        done.add(key);
                        if (isSlow(began)) {
                            slow.add(key);
                        } else {
                            made.accept(key);
                        }
                    },
                    deadline);
        } finally {
            tombstones.keySet().removeAll(Set.copyOf(done));
            tombstones.forEach((key, tombstone) -> unconfirmed.add(key, tombstone.bytes(), returned));
        }
        if (!slow.isEmpty()) {
            endAgain(swaps, slow, deadline);
            slow.forEach(made);
        }
    }

    private void endAgain(Collection<Swap> swaps, Collection<RowKey> keys, Deadline deadline) {
        Map<RowKey, DurableRow> again = tombstones(swaps);
        again.keySet().retainAll(Set.copyOf(keys));
        rows.end(again.values(), deadline);
    }

    private Map<RowKey, DurableRow> tombstones(Collection<Swap> swaps) {
        Map<RowKey, DurableRow> tombstones = new HashMap<>();
        swaps.forEach(swap -> tombstones.put(swap.key(), rule.tombstone(swap.key(), swap.next(), grid.now())));
        return tombstones;
    }
}
