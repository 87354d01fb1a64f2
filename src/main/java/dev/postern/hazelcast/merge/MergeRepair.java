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
 * Repairs a row after a merge (D20): stores the winner of {@link RowMergeRule}, with its own time to live. Idempotent.
 *
 * <p>Safe for concurrent use, also with requests and with repairs on other nodes: it only creates and compare-and-sets.
 */
public final class MergeRepair {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 8;

    private final CredentialsCache cache;
    private final RowMergeRule rule;
    private final LongAdder kept = new LongAdder();
    private final LongAdder restored = new LongAdder();

    MergeRepair(CredentialsCache cache, RowMergeRule rule) {
        this.cache = cache;
        this.rule = rule;
    }

    /** How many rows were stored and now have the right time to live. */
    long kept() {
        return kept.sum();
    }

    /** How many rows were stored again that a merge had replaced or lost. */
    long restored() {
        return restored.sum();
    }

    /**
     * Stores this row unless a stronger one is stored. Throws {@link PosternException} if the grid does not answer, or
     * if other nodes write each time.
     *
     * @param seen what was stored under the key a moment ago
     */
    void repair(RowKey key, byte[] row, Optional<byte[]> seen) {
        Deadline deadline = Deadline.in(PATIENCE);
        Optional<byte[]> present = seen;
        for (int attempts = 0; attempts < ATTEMPTS; attempts++) {
            if (present.isPresent() ? storeWinner(key, row, present.get(), deadline) : create(key, row, deadline)) {
                return;
            }
            present = cache.read(key, deadline);
        }
        throw new PosternException("The row " + key + " changed each time that it was about to be repaired.");
    }

    /** Receives a row that has to be stored, and what is stored instead, if anything. */
    @FunctionalInterface
    interface LostRows {
        void add(RowKey key, byte[] row, Optional<byte[]> present);
    }

    /**
     * Reads which of these rows a merge has lost. Rows that are stored, or lose to the stored one, need nothing: their
     * owners have had events for them.
     */
    void findLost(Map<RowKey, byte[]> rows, LostRows lost) {
        Map<RowKey, byte[]> present = cache.readAll(rows.keySet(), Deadline.in(PATIENCE));
        rows.forEach((key, row) -> {
            Optional<byte[]> there = Optional.ofNullable(present.get(key));
            if (there.filter(other -> Arrays.equals(rule.winner(key, other, row), other))
                    .isEmpty()) {
                lost.add(key, row, there);
            }
        });
    }

    /** A row may have the right value and the wrong time to live (D22). */
    private boolean storeWinner(RowKey key, byte[] row, byte[] present, Deadline deadline) {
        byte[] winner = rule.winner(key, present, row);
        if (!rule.isReadable(key, winner)) {
            return true;
        }
        boolean isStored = Arrays.equals(winner, present);
        boolean isDone = isStored ? cache.retain(key, winner, deadline) : cache.swap(key, present, winner, deadline);
        count(isDone, isStored ? kept : restored);
        return isDone;
    }

    /** A tombstone is created as well: it has to be there when another part brings a live copy of its session. */
    private boolean create(RowKey key, byte[] row, Deadline deadline) {
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
     * The counters of repairs on this node since its start.
     *
     * <p>Immutable.
     *
     * @param kept rows that were stored and now have the right time to live
     * @param restored rows that were stored again
     * @param givenUp repairs that failed too often or did not fit into the queue
     */
    public record Counts(long kept, long restored, long givenUp) {

        public static final Counts NONE = new Counts(0, 0, 0);

        @Override
        public String toString() {
            return kept + " rows have the right time to live, " + restored
                    + " that were replaced or lost were stored again, " + givenUp + " repairs were given up.";
        }
    }
}
