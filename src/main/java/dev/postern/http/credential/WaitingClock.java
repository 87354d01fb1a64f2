package dev.postern.http.credential;

import java.util.concurrent.locks.LockSupport;

/**
 * A monotonic clock, and who waits for it.
 *
 * <p>Safe for concurrent use.
 */
public interface WaitingClock {

    /** The machine's own. */
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

    /** Nanoseconds since some moment, like {@link System#nanoTime()}. */
    long nanoTime();

    /**
     * Returns when the clock shows this time, at once if it has passed, or when the thread is interrupted, and stays
     * so.
     */
    void waitUntil(long nanoTime);
}
