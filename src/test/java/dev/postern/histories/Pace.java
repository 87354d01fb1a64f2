package dev.postern.histories;

import java.time.Duration;
import java.util.Random;

/** How often somebody asks: a pause of random length between two requests. */
record Pace(Duration shortest, Duration longest, boolean isPunctual) {

    static final Pace FLOODING = new Pace(Duration.ofMillis(50), Duration.ofMillis(150), false);

    /** As often as that until it is sent a successor, and then at the very moment at which that has lapsed. */
    static final Pace PUNCTUAL = new Pace(Duration.ofMillis(50), Duration.ofMillis(150), true);

    static final Pace BUSY = new Pace(Duration.ofMillis(500), Duration.ofSeconds(5), false);
    static final Pace CALM = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(120), false);
    static final Pace SLOW = new Pace(Duration.ofMinutes(5), Duration.ofMinutes(66), false);

    Duration next(Random random) {
        return shortest.plusMillis(
                (long) (random.nextDouble() * longest.minus(shortest).toMillis()));
    }
}
