package dev.postern.http.credential;

import java.time.Duration;
import java.util.List;

/**
 * When a failed sign-in is answered: at the first multiple of a step. The step is 125, 250, 500 or 1000 milliseconds.
 * It is the smallest step that has room for the longest check so far plus a quarter. A check is the identity store's
 * answer and the counting of the failure, whether the user exists or not. So all failures are answered after the same
 * time. A check that exceeds its step reveals that once: from then on the step is longer.
 *
 * <p>A measured time counts for half a day to a day. Fast failures never shorten the step, because any client can cause
 * them. An answer waits for a second at most, which has room for 800 milliseconds. A store that takes longer for users
 * that it knows reveals them.
 *
 * <p>Safe for concurrent use.
 */
final class FailureDelay {

    /** Room for the usual password hashes without having measured any. */
    private static final Duration SHORTEST = Duration.ofMillis(125);

    static final Duration LONGEST = Duration.ofSeconds(1);
    static final Duration MEMORY = Duration.ofHours(12);

    private static final List<Duration> STEPS =
            List.of(SHORTEST, SHORTEST.multipliedBy(2), SHORTEST.multipliedBy(4), LONGEST);

    private Duration slowest = Duration.ZERO;
    private Duration slowestBefore = Duration.ZERO;
    private long since;
    private boolean hasBegun;

    /** Notes how long a check has taken by now: to the store's answer, or to the counted failure. */
    synchronized void note(Duration took, long nanoTime) {
        if (!hasBegun) {
            hasBegun = true;
            since = nanoTime;
        }
        if (nanoTime - since >= MEMORY.toNanos()) {
            slowestBefore = nanoTime - since < MEMORY.multipliedBy(2).toNanos() ? slowest : Duration.ZERO;
            slowest = Duration.ZERO;
            since = nanoTime;
        }
        if (took.compareTo(LONGEST) <= 0 && took.compareTo(slowest) > 0) { // a store that hangs must not make all wait
            slowest = took;
        }
    }

    /** The time from the beginning of a failed check to its answer, if the check has taken {@code took} by now. */
    Duration answerAfter(Duration took) {
        if (took.compareTo(LONGEST) > 0) {
            return took;
        }
        Duration step = step();
        long begun = (took.toNanos() + step.toNanos() - 1) / step.toNanos();
        return step.multipliedBy(Math.max(1, begun));
    }

    private synchronized Duration step() {
        Duration bound = slowest.compareTo(slowestBefore) > 0 ? slowest : slowestBefore;
        Duration roomy = bound.plus(bound.dividedBy(4));
        return STEPS.stream()
                .filter(step -> step.compareTo(roomy) >= 0)
                .findFirst()
                .orElse(LONGEST);
    }
}
