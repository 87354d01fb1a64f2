package dev.postern.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets time pass where a test must let another process go on or spread its load over time. Test applications use it too, so
 * it needs the JDK alone.
 *
 * <p>Safe for concurrent use.
 */
public final class Pause {

    private Pause() {}

    public static void ofMillis(long millis) {
        until(System.nanoTime() + Duration.ofMillis(millis).toNanos());
    }

    /** Returns when the monotonic clock shows that, at once when it has passed. */
    public static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
