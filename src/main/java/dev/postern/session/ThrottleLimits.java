package dev.postern.session;

import java.time.Duration;

/**
 * The limits of failed sign-ins: of one user name from one address, of one user name from all addresses, and of one
 * address with all user names. The last two are wide and their waits short, so that one stranger can delay many users,
 * but lock out none (decision 7).
 *
 * <p>Immutable.
 */
public record ThrottleLimits(TryLimit ofPair, TryLimit ofUser, TryLimit ofAddress) {

    /** How many times as many tries are free for a name from everywhere as from one address. */
    private static final int PLACES = 10;

    private static final int SHORTER = 15;

    /** The limits for so many free tries of a name from one address, and of all names from one address. */
    public static ThrottleLimits of(int freeTries, int freeTriesPerAddress, Duration longestWait) {
        return new ThrottleLimits(
                new TryLimit(freeTries, longestWait, longestWait),
                wide(PLACES * freeTries, longestWait),
                wide(freeTriesPerAddress, longestWait));
    }

    /** What was free is free again after the longest wait of the narrow limit, or before that. */
    private static TryLimit wide(int free, Duration longest) {
        return new TryLimit(free, longest.dividedBy(SHORTER), longest.dividedBy(Math.max(free, SHORTER)));
    }
}
