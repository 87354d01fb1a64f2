package dev.postern.hazelcast;

import dev.postern.PosternException;
import dev.postern.session.CredentialsCache;
import dev.postern.session.Deadline;
import dev.postern.session.MergeRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Puts a row right that a merge has been at (D20): the tombstone or the later epoch stands again, and whatever stands has the
 * time to live that its bytes ask for. A second repair changes nothing.
 *
 * <p>Safe for concurrent use, also with requests and with repairs on other nodes: it only swaps.
 */
final class MergeRepair {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int TRIES = 8;

    private final CredentialsCache cache;
    private final MergeRule rule;
    private final LongAdder kept = new LongAdder();
    private final LongAdder restored = new LongAdder();

    MergeRepair(CredentialsCache cache, MergeRule rule) {
        this.cache = cache;
        this.rule = rule;
    }

    /** How many rows got nothing but their time to live again. */
    long kept() {
        return kept.sum();
    }

    /** How many tombstones and epochs were put back in their place. */
    long restored() {
        return restored.sum();
    }

    /** Repairs the row. Throws {@link PosternException} when the grid does not answer, or others write all the time. */
    void repair(MergedRow merged) {
        Deadline deadline = Deadline.in(PATIENCE);
        for (int tries = 0; tries < TRIES; tries++) {
            Optional<byte[]> present = cache.read(merged.key(), deadline);
            boolean isDone = present.isPresent()
                    ? settle(merged, present.get(), deadline)
                    : merged.lasting().isEmpty() || bring(merged, deadline);
            if (isDone) {
                return;
            }
        }
        throw new PosternException("The row " + merged.key() + " changed each time that it was about to be repaired.");
    }

    /** The swap of a row for itself is what sets its time, also when its value is the right one already (D22). */
    private boolean settle(MergedRow merged, byte[] present, Deadline deadline) {
        byte[] standing =
                merged.lasting().map(lasting -> rule.standing(present, lasting)).orElse(present);
        if (!rule.isReadable(standing)) {
            return true;
        }
        boolean isDone = cache.swap(merged.key(), present, standing, deadline);
        count(isDone, Arrays.equals(standing, present) ? kept : restored);
        return isDone;
    }

    /** The merge has lost the row: its tombstone must be there when another part brings a copy. */
    private boolean bring(MergedRow merged, Deadline deadline) {
        boolean isDone = cache.create(merged.key(), merged.lasting().orElseThrow(), deadline);
        count(isDone, restored);
        return isDone;
    }

    private static void count(boolean isDone, LongAdder counter) {
        if (isDone) {
            counter.increment();
        }
    }
}
