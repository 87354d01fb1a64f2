package dev.postern.session;

import java.time.Instant;

/**
 * Lets a bounded number through in each second, by the clock that it is shown.
 *
 * <p>Safe for concurrent use.
 */
final class RejectionLimit {

    /** Enough to see what is going on, and no way to fill a disk. */
    static final int A_SECOND = 20;

    private long second = Long.MIN_VALUE;
    private int count;

    synchronized boolean admits(Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            count = 0;
        }
        count = Math.min(count + 1, A_SECOND + 1);
        return count <= A_SECOND;
    }
}
