package dev.postern.http.credential;

import java.time.Duration;

/**
 * A clock that the test moves. Whoever waits for it moves it too.
 *
 * <p>For one thread.
 */
public final class TestWaitingClock implements WaitingClock {

    private long now = Long.MAX_VALUE - 1; // nobody may take it for a number that only grows

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void waitUntil(long nanoTime) {
        now += Math.max(0, nanoTime - now);
    }

    public void pass(Duration time) {
        now += time.toNanos();
    }

    public Duration since(long nanoTime) {
        return Duration.ofNanos(now - nanoTime);
    }
}
