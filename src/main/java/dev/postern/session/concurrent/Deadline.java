package dev.postern.session.concurrent;

import java.time.Duration;

/**
 * The time until which a unit of work may wait for the grid, by the machine's monotonic clock.
 *
 * <p>Immutable.
 */
public record Deadline(long nanoTime) {

    /** The deadline that is this far away. */
    public static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /** The deadline that is later by this pause. */
    public Deadline after(Duration pause) {
        return new Deadline(nanoTime + pause.toNanos());
    }

    /** The time that is left, in nanoseconds; zero if the deadline has passed. */
    public long nanosLeft() {
        return nanosLeft(System.nanoTime());
    }

    /** The time that is left at this time of the same clock. */
    long nanosLeft(long now) {
        return Math.max(0, nanoTime - now);
    }
}
