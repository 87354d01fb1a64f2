package dev.postern.session.throttle;

import java.time.Duration;

/**
 * The limits of failed sign-ins. Those of a user and of an address have many free tries and short waits. So a stranger
 * can delay many users, but lock out none (decision 7). That of second factors has long waits, because only a client
 * that has proven the first factor can cause them (decision 30).
 *
 * <p>Immutable.
 *
 * @param ofPair the limit of one user name from one address
 * @param ofUser the limit of one user name from all addresses
 * @param ofAddress the limit of one address with all user names
 * @param ofSecondFactor the limit of second factors of one user name from all addresses
 */
public record ThrottleLimits(Limit ofPair, Limit ofUser, Limit ofAddress, Limit ofSecondFactor) {

    /** How many times as many tries are free for a name from all addresses as from one. */
    private static final int ADDRESSES = 10;

    /** How many times shorter the longest wait of a wide limit is. */
    private static final int SHORTENING = 15;

    /** How many times longer the longest wait for a second factor is. */
    private static final int LENGTHENING = 4;

    /**
     * The limits for these settings.
     *
     * @param freeTries how many tries of a name from one address are free
     * @param freeTriesPerAddress how many tries of all names from one address are free
     */
    public static ThrottleLimits of(int freeTries, int freeTriesPerAddress, Duration longestWait) {
        return new ThrottleLimits(
                new Limit(freeTries, longestWait, longestWait),
                wide(ADDRESSES * freeTries, longestWait),
                wide(freeTriesPerAddress, longestWait),
                new Limit(freeTries, longestWait.multipliedBy(LENGTHENING), longestWait.multipliedBy(LENGTHENING)));
    }

    /** All free tries are free again after the longest wait of the narrow limit, or before that. */
    private static Limit wide(int freeTries, Duration longestWait) {
        return new Limit(
                freeTries, longestWait.dividedBy(SHORTENING), longestWait.dividedBy(Math.max(freeTries, SHORTENING)));
    }

    /**
     * One limit. After the free tries each failure makes the next try wait: a second, and twice as long each time, up
     * to the longest wait.
     *
     * <p>In a given time at most {@link #mostFailures()} tries fail, and one more for each {@code forgetEvery} in it.
     * That holds for any number of parallel attempts on any number of nodes. Immutable.
     *
     * @param freeTries how many failures cause no wait
     * @param longestWait up to how long a wait gets
     * @param forgetEvery for each such time that passes without a failure after a wait, one failure is forgotten; at
     *     most the longest wait
     */
    public record Limit(int freeTries, Duration longestWait, Duration forgetEvery) {

        private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
        private static final int MOST_DOUBLINGS = 30;

        /** How long the next try waits after so many failures. */
        Duration waitAfter(int failures) {
            if (failures < freeTries) {
                return Duration.ZERO;
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures - freeTries, MOST_DOUBLINGS));
            return wait.compareTo(longestWait) < 0 ? wait : longestWait;
        }

        /** After how many failures the wait is the longest. A counter goes no higher. */
        int mostFailures() {
            int failures = freeTries;
            while (waitAfter(failures).compareTo(longestWait) < 0) {
                failures++;
            }
            return failures;
        }
    }
}
