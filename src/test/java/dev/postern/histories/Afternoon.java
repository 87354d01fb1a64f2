package dev.postern.histories;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Some hours of one session as people live them: the owner loads pages of several requests, whose answers may be slow or lost,
 * and makes pauses; at some moment a thief copies the cookie and goes on
 * at a pace of its own, over a line that works.
 *
 * <p>For one thread.
 */
final class Afternoon {

    private static final Duration LENGTH = Duration.ofHours(8);
    private static final Duration LATEST_THEFT = Duration.ofHours(4);
    private static final int LONGEST_PAUSE_SECONDS = 120;

    private final Random random;
    private final History history = History.ofBrowser();
    private final double lostAnswers;

    Afternoon(long seed) {
        random = new Random(seed);
        lostAnswers = 0.1 + 0.4 * random.nextDouble();
    }

    /** Lives it through, and answers how long after the theft the session ended; nothing when the theft was not found. */
    Optional<Duration> withThief(Pace pace) {
        Instant start = history.world().now();
        Instant theft = start.plusSeconds(random.nextInt((int) LATEST_THEFT.toSeconds()));
        goOn(theft, Optional.empty());
        Client thief = history.owner().copiedBy(true);
        boolean isFound = goOn(start.plus(LENGTH), Optional.of(() -> use(thief, pace)));
        return isFound ? Optional.of(Duration.between(theft, history.world().now())) : Optional.empty();
    }

    /** Lives it through without a thief. The referee watches. */
    void undisturbed() {
        goOn(history.world().now().plus(LENGTH), Optional.empty());
    }

    private boolean goOn(Instant end, Optional<Runnable> beside) {
        beside.ifPresent(Runnable::run);
        while (history.world().now().isBefore(end) && !history.world().referee.isOver()) {
            history.browse(page());
            history.pass(Duration.ofMillis(
                    1 + random.nextInt(1000 * (random.nextInt(4) == 0 ? LONGEST_PAUSE_SECONDS : 30))));
        }
        return history.world().referee.isSettled();
    }

    private void use(Client thief, Pace pace) {
        if (!history.world().referee.isOver()) {
            thief.send(Trip.millis(random.nextInt(200), random.nextInt(200), false), false);
            history.world().network.send(pace.next(random), () -> use(thief, pace));
        }
    }

    private List<Trip> page() {
        List<Trip> page = new ArrayList<>(Collections.nCopies(1 + random.nextInt(6), Trip.INSTANT));
        page.replaceAll(any -> trip());
        return page;
    }

    /** One way in five takes up to the grace. */
    private Trip trip() {
        return Trip.millis(way(), way(), random.nextDouble() < lostAnswers);
    }

    private long way() {
        return random.nextInt(5) == 0 ? random.nextInt((int) World.GRACE.toMillis()) : random.nextInt(200);
    }
}
