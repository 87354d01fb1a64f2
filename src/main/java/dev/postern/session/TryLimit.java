package dev.postern.session;

import java.time.Duration;

/**
 * How many failed sign-ins cause no wait, and how long the wait is after each further one: a second, and twice as long
 * each time, until it is the longest wait. Each {@code forgetting} that passes quietly after a wait takes one failure
 * away.
 *
 * <p>So the failures that an attacker can bring about in a time are at most {@link #most()} and one
 * for each {@code forgetting} in it, which must be no longer than the longest wait. It makes no difference how many of
 * them begin at the same moment, and on how many nodes. Immutable.
 */
public record TryLimit(int free, Duration longest, Duration forgetting) {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 30;

    /** How long one waits after so many failures. */
    Duration waitAfter(int failures) {
        if (failures < free) {
            return Duration.ZERO;
        }
        Duration wait = SHORTEST.multipliedBy(1L << Math.min(failures - free, MOST_DOUBLINGS));
        return wait.compareTo(longest) < 0 ? wait : longest;
    }

    /** After how many failures the wait is the longest. No more are counted. */
    int most() {
        int failures = free;
        while (waitAfter(failures).compareTo(longest) < 0) {
            failures++;
        }
        return failures;
    }
}
