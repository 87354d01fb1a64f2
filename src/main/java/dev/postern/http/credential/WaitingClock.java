package dev.postern.http.credential;

import java.util.concurrent.locks.LockSupport;

/**
 * A monotonic clock that a thread can wait for.
 *
 * <p>Safe for concurrent use.
 */
public interface WaitingClock {

    /** The clock of the machine. */
    WaitingClock SYSTEM = new WaitingClock() {

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void waitUntil(long nanoTime) {
            long left = nanoTime - System.nanoTime();
            while (left > 0 && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(left);
                left = nanoTime - System.nanoTime();
            }
        }
    };

    /** Nanoseconds since an arbitrary moment, like {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Returns at this time, or at once if it has passed. An interrupted thread returns at once, and stays interrupted.
     */
    void waitUntil(long nanoTime);
}
