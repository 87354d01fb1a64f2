package dev.postern.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures from when it was started, by this machine's monotonic clock.
 *
 * <p>Immutable.
 */
public record Stopwatch(long startedAt) {

    /** More than the resolution of any clock involved, and little enough to wait for. */
    private static final Duration MARGIN = Duration.ofMillis(20);

    public static Stopwatch started() {
        return new Stopwatch(System.nanoTime());
    }

    public boolean isBelow(Duration elapsed) {
        return System.nanoTime() - startedAt < elapsed.toNanos();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Returns once so much time has passed since the start. */
    public void reaches(Duration elapsed) {
        long end = startedAt + elapsed.plus(MARGIN).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
