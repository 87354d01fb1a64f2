package dev.postern.histories;

import java.time.Duration;

/** The way of a request: how long it takes there and back, and whether its answer gets lost. */
record Trip(Duration out, Duration back, boolean isLost) {

    static final Trip INSTANT = new Trip(Duration.ZERO, Duration.ZERO, false);

    static Trip millis(long out, long back, boolean isLost) {
        return new Trip(Duration.ofMillis(out), Duration.ofMillis(back), isLost);
    }
}
