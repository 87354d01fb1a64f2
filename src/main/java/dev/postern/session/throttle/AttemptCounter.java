package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What one attempt does to its tallies. They are read before the identity store is asked, and decide once more when its
 * answer is there:
 *
 * <ul>
 *   <li>A wrong credential is counted by compare-and-set, and may be reported when all its tallies have counted it
 *       while none of them asked for a wait.
 *   <li>A right one may be reported when none of them asks for a wait by then.
 *   <li>Any other answer of the store is withheld: others have used up meanwhile what was free.
 * </ul>
 *
 * <p>So however many attempts are checked at the same time, on however many nodes, no more wrong ones are reported than
 * one after the other, and right ones do not keep each other out. What the attempt does at one time, its beginning or
 * its end, has one deadline for all that it asks of the grid.
 *
 * <p>For one request thread.
 */
final class AttemptCounter {

    /** How often others may be quicker. Each time one of them has been counted. */
    private static final int ROUNDS = 50;

    private final FailureCountStore counts;
    private final List<AttemptKeys.CounterKey> keys;
    private Map<Handle, FailureCount> seen = Map.of();
    private boolean isAfterAWait;

    AttemptCounter(FailureCountStore counts, List<AttemptKeys.CounterKey> keys) {
        this.counts = counts;
        this.keys = keys;
    }

    /** How long the attempt has to wait; zero when the store may be asked. */
    Duration begin() {
        read(keys, counts.deadline());
        Instant now = counts.now();
        isAfterAWait = keys.stream()
                .anyMatch(one ->
                        count(one).standing(one.limit(), now) >= one.limit().free());
        return pause(keys, now);
    }

    /** Whether there were no free tries left when the attempt began. */
    boolean isAfterAWait() {
        return isAfterAWait;
    }

    /** Counts the failure. Zero when it may be reported; else how long to wait, because others were quicker. */
    Duration fail() {
        Deadline deadline = counts.deadline();
        List<AttemptKeys.CounterKey> left = new ArrayList<>(keys);
        for (int round = 0; !left.isEmpty(); round++) {
            if (round == ROUNDS) {
                throw new PosternException(
                        "The counters of failed sign-ins changed each time that they were about to be written.");
            }
            if (round > 0) {
                read(left, deadline);
            }
            Instant now = counts.now();
            Duration pause = pause(left, now);
            if (!pause.isZero()) {
                return pause;
            }
            Set<Handle> made = counts.swap(
                    left.stream().map(one -> one.failed(count(one), now)).toList(), deadline);
            left.removeIf(one -> made.contains(one.key()));
        }
        return Duration.ZERO;
    }

    /**
     * Forgives the failures, where they can only have been the user's own. What has failed meanwhile stands. Zero when
     * the success may be reported; else how long to wait, because others were quicker.
     */
    Duration succeed() {
        if (keys.isEmpty()) {
            return Duration.ZERO;
        }
        Deadline deadline = counts.deadline();
        read(keys, deadline);
        Instant now = counts.now();
        Duration pause = pause(keys, now);
        if (pause.isZero()) {
            List<FailureCountStore.CountSwap> forgiven = keys.stream()
                    .filter(one -> one.isForgiving() && count(one).failures() > 0)
                    .map(one -> one.forgiven(count(one), now))
                    .toList();
            Set<Handle> unused = forgiven.isEmpty() ? Set.of() : counts.swap(forgiven, deadline);
        }
        return pause;
    }

    private Duration pause(Collection<AttemptKeys.CounterKey> some, Instant now) {
        return some.stream()
                .map(one -> count(one).left(one.limit(), now))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private FailureCount count(AttemptKeys.CounterKey one) {
        return Objects.requireNonNullElse(seen.get(one.key()), FailureCount.NONE);
    }

    private void read(Collection<AttemptKeys.CounterKey> some, Deadline deadline) {
        seen = some.isEmpty()
                ? Map.of()
                : counts.read(some.stream().map(AttemptKeys.CounterKey::key).toList(), deadline);
    }
}
