package dev.postern.session;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Compares the cluster's clock with this machine's monotonic one, and notices when the first one jumps: it is the clock of
 * one member, and another member's once that one is gone (HZ-29). For a while after a jump nobody can tell a token that is
 * late from one that is old, so no session is ended on that ground.
 *
 * <p>Safe for concurrent use.
 */
public final class ClockWatch {

    /** A pause of the machine between two looks at two clocks is no jump. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Duration tolerance;
    private final Duration recovery;
    private final LongSupplier nanoTime;
    private Mark last = new Mark(Instant.MIN, 0);
    private boolean hasJumped;
    private long jumpedAt;

    private record Mark(Instant time, long nanos) {}

    /**
     * A watch for sessions with that grace. A jump of {@link #tolerance} at most is harmless: the rules allow for it beside
     * the delay of a request.
     *
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public ClockWatch(Duration grace, LongSupplier nanoTime) {
        this.tolerance = tolerance(grace);
        this.recovery = grace.multipliedBy(Formers.LATE_GRACES);
        this.nanoTime = nanoTime;
    }

    /** How far the clock may jump before anybody takes notice: a thirtieth of a grace, and at least a second. */
    static Duration tolerance(Duration grace) {
        Duration thirtieth = grace.dividedBy(30);
        return thirtieth.compareTo(LEAST) > 0 ? thirtieth : LEAST;
    }

    /** Whether the clock has run evenly for a while, now that it shows this time. True for the first look. */
    public synchronized boolean isSteady(Instant now) {
        long nanos = nanoTime.getAsLong();
        if (!last.time.equals(Instant.MIN)) {
            Duration shown = Duration.between(last.time, now);
            Duration elapsed = Duration.ofNanos(nanos - last.nanos);
            if (shown.minus(elapsed).abs().compareTo(tolerance) > 0) {
                hasJumped = true;
                jumpedAt = nanos;
            }
        }
        last = new Mark(now, nanos);
        return !hasJumped || nanos - jumpedAt > recovery.toNanos();
    }
}
