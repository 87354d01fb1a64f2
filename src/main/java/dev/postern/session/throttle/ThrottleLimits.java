package dev.postern.session.throttle;

import java.time.Duration;

/**
 * The limits of failed sign-ins: of one user name from one address, of one user name from all addresses, and of one
 * address with all user names. The last two are wide and their waits short, so that one stranger can delay many users,
 * but lock out none (decision 7).
 *
 * <p>Immutable.
 */
public record ThrottleLimits(Limit ofPair, Limit ofUser, Limit ofAddress) {

    /** How many times as many tries are free for a name from everywhere as from one address. */
    private static final int PLACES = 10;

    private static final int SHORTER = 15;

    /** The limits for so many free tries of a name from one address, and of all names from one address. */
    public static ThrottleLimits of(int freeTries, int freeTriesPerAddress, Duration longestWait) {
        return new ThrottleLimits(
                new Limit(freeTries, longestWait, longestWait),
                wide(PLACES * freeTries, longestWait),
                wide(freeTriesPerAddress, longestWait));
    }

    /** What was free is free again after the longest wait of the narrow limit, or before that. */
    private static Limit wide(int free, Duration longest) {
        return new Limit(free, longest.dividedBy(SHORTER), longest.dividedBy(Math.max(free, SHORTER)));
    }

    /**
     * How many failed sign-ins cause no wait, and how long the wait is after each further one: a second, and twice as
     * long each time, until it is the longest wait. Each {@code forgetting} that passes quietly after a wait takes one
     * failure away.
     *
     * <p>So the failures that an attacker can bring about in a time are at most {@link #most()} and one
     * for each {@code forgetting} in it, which must be no longer than the longest wait. It makes no difference how many
     * of them begin at the same moment, and on how many nodes. Immutable.
     */
    public record Limit(int free, Duration longest, Duration forgetting) {

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
}
