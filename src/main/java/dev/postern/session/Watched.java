package dev.postern.session;

import java.time.Instant;

/**
 * One of the tallies that an attempt counts for, its limit, and whether a sign-in that succeeds proves the failures to
 * have been the user's own.
 *
 * <p>Immutable.
 */
record Watched(Handle key, TryLimit limit, boolean isForgiving) {

    TallySwap failed(FailureCount seen, Instant now) {
        return swap(seen, seen.failed(limit, now));
    }

    TallySwap forgiven(FailureCount seen, Instant now) {
        return swap(seen, FailureCount.forgiven(now));
    }

    TallySwap swap(FailureCount seen, FailureCount next) {
        return new TallySwap(key, seen, next, next.life(limit));
    }
}
