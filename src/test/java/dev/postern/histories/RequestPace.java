package dev.postern.histories;

import java.time.Duration;
import java.util.Random;

/** How often somebody asks: a pause of random length between two requests. */
record RequestPace(Duration shortest, Duration longest, boolean isPunctual) {

    static final RequestPace FLOODING = new RequestPace(Duration.ofMillis(50), Duration.ofMillis(150), false);

    /** As often as that until it is sent a successor, and then at the very moment at which that has lapsed. */
    static final RequestPace PUNCTUAL = new RequestPace(Duration.ofMillis(50), Duration.ofMillis(150), true);

    static final RequestPace BUSY = new RequestPace(Duration.ofMillis(500), Duration.ofSeconds(5), false);
    static final RequestPace CALM = new RequestPace(Duration.ofSeconds(1), Duration.ofSeconds(120), false);
    static final RequestPace SLOW = new RequestPace(Duration.ofMinutes(5), Duration.ofMinutes(66), false);

    Duration next(Random random) {
        return shortest.plusMillis(
                (long) (random.nextDouble() * longest.minus(shortest).toMillis()));
    }
}
