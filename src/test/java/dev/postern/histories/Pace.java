package dev.postern.histories;

import java.time.Duration;
import java.util.Random;

/** How often somebody asks: a pause of random length between two requests. */
record Pace(Duration shortest, Duration longest) {

    static final Pace BUSY = new Pace(Duration.ofMillis(500), Duration.ofSeconds(5));
    static final Pace CALM = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(120));
    static final Pace SLOW = new Pace(Duration.ofMinutes(5), Duration.ofMinutes(66));

    Duration next(Random random) {
        return shortest.plusMillis(
                (long) (random.nextDouble() * longest.minus(shortest).toMillis()));
    }
}
