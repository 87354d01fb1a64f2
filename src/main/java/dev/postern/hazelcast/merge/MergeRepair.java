package dev.postern.hazelcast.merge;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Repairs a row after a merge (D20): the tombstone or the later epoch is stored again, with the time to live that its
 * bytes ask for. Idempotent.
 *
 * <p>Safe for concurrent use, also with requests and with repairs on other nodes: it only creates and swaps.
 */
public final class MergeRepair {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 8;

    private final CredentialsCache cache;
    private final RowMergeRule rule;
    private final LongAdder kept = new LongAdder();
    private final LongAdder restored = new LongAdder();

    MergeRepair(CredentialsCache cache, RowMergeRule rule) {
        this.cache = cache;
        this.rule = rule;
    }

    /** How many rows stood and have their time to live again, or had it still. */
    long kept() {
        return kept.sum();
    }

    /** How many rows that a merge had undone or lost were put back in their place. */
    long restored() {
        return restored.sum();
    }

    /**
     * Has this row stand, unless a stronger one does. Throws {@link PosternException} when the grid does not answer, or
     * others write all the time.
     *
     * @param seen what stood under the key a moment ago
     */
    void repair(RowKey key, byte[] row, Optional<byte[]> seen) {
        Deadline deadline = Deadline.in(PATIENCE);
        Optional<byte[]> present = seen;
        for (int tries = 0; tries < TRIES; tries++) {
            if (present.isPresent() ? settle(key, row, present.get(), deadline) : bring(key, row, deadline)) {
                return;
            }
            present = cache.read(key, deadline);
        }
        throw new PosternException("The row " + key + " changed each time that it was about to be repaired.");
    }

    /** What is to be done about a row that ought to stand, but something else does, or nothing. */
    @FunctionalInterface
    interface Loss {
        void of(RowKey key, byte[] row, Optional<byte[]> present);
    }

    /**
     * Finds out which of these rows a merge has lost on its way. Rows that are stored need nothing: their owners have
     * had events for them.
     */
    void findLost(Map<RowKey, byte[]> rows, Loss loss) {
        Map<RowKey, byte[]> present = cache.readAll(rows.keySet(), Deadline.in(PATIENCE));
        rows.forEach((key, row) -> {
            Optional<byte[]> there = Optional.ofNullable(present.get(key));
            if (there.filter(other -> Arrays.equals(rule.winner(key, other, row), other))
                    .isEmpty()) {
                loss.of(key, row, there);
            }
        });
    }

    /** A row may have the right value and the wrong time (D22). */
    private boolean settle(RowKey key, byte[] row, byte[] present, Deadline deadline) {
        byte[] winner = rule.winner(key, present, row);
        if (!rule.isReadable(key, winner)) {
            return true;
        }
        boolean stands = Arrays.equals(winner, present);
        boolean isDone = stands ? cache.retain(key, winner, deadline) : cache.swap(key, present, winner, deadline);
        count(isDone, stands ? kept : restored);
        return isDone;
    }

    /** A tombstone must be there when another part brings a copy. */
    private boolean bring(RowKey key, byte[] row, Deadline deadline) {
        boolean isDone = cache.create(key, row, deadline);
        count(isDone, restored);
        return isDone;
    }

    private static void count(boolean isDone, LongAdder counter) {
        if (isDone) {
            counter.increment();
        }
    }

    /**
     * How the repairs after merges went on this node since its start: how many rows stood and were seen to have their
     * time to live, how many had been undone or lost and were put back, and how many repairs were given up.
     *
     * <p>Immutable.
     */
    public record Counts(long kept, long restored, long lost) {

        public static final Counts NONE = new Counts(0, 0, 0);

        @Override
        public String toString() {
            return kept + " rows were seen to have their time to live, " + restored
                    + " that were undone or lost were put back in their place, " + lost + " repairs were given up.";
        }
    }
}
