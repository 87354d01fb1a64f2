package dev.postern.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that a test moves. It begins long ago, so what has expired by it has expired by the database's clock too.
 *
 * <p>Safe for concurrent use.
 */
final class TestClock implements InstantSource {

    private volatile Instant now = Instant.parse("2020-02-02T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }
}
