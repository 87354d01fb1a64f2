package dev.postern.session.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Detects jumps of the cluster's clock, by comparison with this machine's monotonic clock. The cluster's clock is that
 * of its oldest member, so it jumps when that member leaves (HZ-29).
 *
 * <p>For a while after a jump a late token looks like a stolen one. No session is ended for that then.
 *
 * <p>Safe for concurrent use.
 */
public final class ClockJumpDetector {

    /** The machine may pause between reading the one clock and the other. That is no jump. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Duration tolerance;
    private final Duration recovery;
    private final LongSupplier nanoTime;
    private @Nullable Reading last;
    private boolean hasJumped;
    private long jumpedAt;

    /** A reading of both clocks. Every request takes one, so this is plain arithmetic. */
    private record Reading(long millis, long nanos) {

        /** The difference between the times that have passed on both clocks, in milliseconds, never negative. */
        long jump(Reading before) {
            return Math.abs(millis - before.millis - TimeUnit.NANOSECONDS.toMillis(nanos - before.nanos));
        }
    }

    /**
     * A detector for sessions with this grace. A jump of at most {@link #tolerance} is harmless: the rules of rotation
     * allow for it.
     *
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public ClockJumpDetector(Duration grace, LongSupplier nanoTime) {
        this.tolerance = tolerance(grace);
        this.recovery = grace.multipliedBy(RetiredTokens.LATE_GRACES);
        this.nanoTime = nanoTime;
    }

    /** The longest jump that is ignored: a thirtieth of the grace, and at least a second. */
    static Duration tolerance(Duration grace) {
        Duration thirtieth = grace.dividedBy(30);
        return thirtieth.compareTo(LEAST) > 0 ? thirtieth : LEAST;
    }

    /**
     * Whether the cluster's clock has run evenly for a while. True at the first call.
     *
     * @param now what the cluster's clock shows
     */
    public synchronized boolean isSteady(Instant now) {
        Reading reading = new Reading(now.toEpochMilli(), nanoTime.getAsLong());
        Reading before = last;
        if (before != null && reading.jump(before) > tolerance.toMillis()) {
            hasJumped = true;
            jumpedAt = reading.nanos;
        }
        last = reading;
        return !hasJumped || reading.nanos - jumpedAt > recovery.toNanos();
    }
}
