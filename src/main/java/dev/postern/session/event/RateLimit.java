package dev.postern.session.event;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Admits a bounded number of things in each period, and counts those that it leaves out.
 *
 * <p>A period begins with the first thing that is admitted after the one before. Times come from the caller, in
 * nanoseconds of any clock. A clock that is put back by a period or more begins a new period.
 *
 * <p>Safe for concurrent use.
 */
final class RateLimit {

    private final int most;
    private final long period;
    private boolean hasBegun;
    private long began;
    private int admitted;
    private long leftOut;

    /** A limit of so many in each period. */
    RateLimit(int most, Duration period) {
        this.most = most;
        this.period = period.toNanos();
    }

    /**
     * Asks for one more. How many were left out since the last one that was admitted; empty if this one is left out.
     */
    synchronized OptionalLong admit(long nanos) {
        if (!hasBegun || Math.abs(nanos - began) >= period) {
            hasBegun = true;
            began = nanos;
            admitted = 0;
        }
        if (admitted == most) {
            leftOut++;
            return OptionalLong.empty();
        }
        admitted++;
        long before = leftOut;
        leftOut = 0;
        return OptionalLong.of(before);
    }
}
