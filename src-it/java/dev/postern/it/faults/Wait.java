package dev.postern.it.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Wait {

    private static final long LOOK_NANOS = Duration.ofMillis(10).toNanos();

    private Wait() {}

    /** Waits until it is so, or for so long. Answers whether it is so. */
    static boolean until(BooleanSupplier condition, Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return condition.getAsBoolean();
    }
}
