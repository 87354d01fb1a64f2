package dev.postern.http.credential;

import java.time.Duration;
import java.util.List;

/**
 * Says when a failed sign-in is answered: at the first multiple of a step. The step is 125, 250, 500 or 1000
 * milliseconds: the smallest that fits the longest time it took to ask the identity store and to count the failure, be
 * the user known or not, plus a quarter. So all failures are answered after the same time, and one that takes longer
 * than any before in its step tells that once: the step is longer from then on.
 *
 * <p>What was measured counts for half a day to a day. Fast failures never shorten it, because any client can cause
 * them. An answer waits for a second at most, which has room for 800 milliseconds: a store that takes longer for users
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

    /** The store has just answered, yes or no, or the failure has been counted, and it has taken so long by now. */
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
        if (took.compareTo(LONGEST) <= 0 && took.compareTo(slowest) > 0) { // or one that hangs would make all wait
            slowest = took;
        }
    }

    /** After what time since its beginning a failure is answered that has taken so long by now. */
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
