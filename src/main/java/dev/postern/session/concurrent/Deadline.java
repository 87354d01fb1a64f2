package dev.postern.session.concurrent;

import java.time.Duration;

/**
 * Until when one piece of work may wait for the grid. Measured with the machine's monotonic clock.
 *
 * <p>Immutable.
 */
public record Deadline(long nanoTime) {

    /** The deadline that is this far away. */
    public static Deadline in(Duration wait) {
        return new Deadline(System.nanoTime() + wait.toNanos());
    }

    /** The same, put off by what a piece of work took that is none of the grid's. */
    public Deadline after(Duration pause) {
        return new Deadline(nanoTime + pause.toNanos());
    }

    /** What is left, in nanoseconds; zero when the deadline has passed. */
    public long nanosLeft() {
        return Math.max(0, nanoTime - System.nanoTime());
    }
}
