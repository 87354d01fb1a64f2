package dev.postern.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets time pass where a test must wait for another process or spread its load over time.
 *
 * <p>Safe for concurrent use.
 */
public final class Pause {

    private static final long MILLIS_BETWEEN_LOOKS = 10;

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

    /** Whether the condition came true within that time. */
    public static boolean untilTrue(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            ofMillis(MILLIS_BETWEEN_LOOKS);
        }
        return true;
    }
}
