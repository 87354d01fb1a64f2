package dev.postern.session.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares the cluster's clock with this machine's monotonic one, and notices when the first one jumps: it is the clock
 * of one member, and another member's once that one is gone (HZ-29). For a while after a jump a late token cannot be
 * told from an old one, so no session is ended for that.
 *
 * <p>Safe for concurrent use.
 */
public final class ClockJumpDetector {

    /** A pause of the machine between two looks at two clocks is no jump. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Duration tolerance;
    private final Duration recovery;
    private final LongSupplier nanoTime;
    private @Nullable Mark last;
    private boolean hasJumped;
    private long jumpedAt;

    /** What the two clocks showed at one look. Every request looks, so this is plain arithmetic. */
    private record Mark(long millis, long nanos) {

        /** By how many milliseconds, to either side, the cluster's clock has run otherwise than the machine's. */
        long jump(Mark before) {
            return Math.abs(millis - before.millis - TimeUnit.NANOSECONDS.toMillis(nanos - before.nanos));
        }
    }

    /**
     * A watch for sessions with that grace. A jump of {@link #tolerance} at most is harmless: the rules allow for it
     * beside the delay of a request.
     *
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public ClockJumpDetector(Duration grace, LongSupplier nanoTime) {
        this.tolerance = tolerance(grace);
        this.recovery = grace.multipliedBy(RetiredTokens.LATE_GRACES);
        this.nanoTime = nanoTime;
    }

    /** How far the clock may jump before anybody takes notice: a thirtieth of a grace, and at least a second. */
    static Duration tolerance(Duration grace) {
        Duration thirtieth = grace.dividedBy(30);
        return thirtieth.compareTo(LEAST) > 0 ? thirtieth : LEAST;
    }

    /** Whether the clock has run evenly for a while, now that it shows this time. True for the first look. */
    public synchronized boolean isSteady(Instant now) {
        Mark look = new Mark(now.toEpochMilli(), nanoTime.getAsLong());
        Mark before = last;
        if (before != null && look.jump(before) > tolerance.toMillis()) {
            hasJumped = true;
            jumpedAt = look.nanos;
        }
        last = look;
        return !hasJumped || look.nanos - jumpedAt > recovery.toNanos();
    }
}
