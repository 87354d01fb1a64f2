package dev.postern.histories;

import dev.postern.histories.Thief.Appearance;
import dev.postern.session.generation.RequestSource;
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
    private static final Duration OFFER_STANDS = World.GRACE.plus(World.GRACE.dividedBy(30));
    private static final int LONGEST_PAUSE_SECONDS = 120;

    private final Random random;
    private final SessionHistory history = SessionHistory.ofBrowser();
    private final double lostAnswers;
    private final Appearance owner;

    /**
     * How a theft went on: after what time the copy was found, unanswered offers were reported, and the thief stopped.
     */
    record Outcome(Optional<Duration> found, Optional<Duration> reported, Optional<Duration> shutOut) {

        boolean isOver() {
            return found.isPresent() || shutOut.isPresent();
        }
    }

    Afternoon(long seed) {
        this(seed, Appearance.OWN);
    }

    Afternoon(long seed, Appearance owner) {
        this.owner = owner;
        random = new Random(seed);
        lostAnswers = 0.1 + 0.4 * random.nextDouble();
    }

    /** Lives it through, until the session ends. */
    Outcome with(Thief thief) {
        Instant start = history.world().now();
        Instant theft = start.plusSeconds(random.nextInt((int) LATEST_THEFT.toSeconds()));
        goOn(theft);
        SimulatedClient copy = history.owner().copiedBy(thief.habit());
        use(copy, thief);
        goOn(start.plus(LENGTH));
        Referee referee = history.world().referee;
        return new Outcome(
                Optional.of(history.world().now())
                        .filter(any -> referee.isFound())
                        .map(end -> Duration.between(theft, end)),
                referee.reported().filter(theft::isBefore).map(time -> Duration.between(theft, time)),
                copy.stopped().map(time -> Duration.between(theft, time)));
    }

    /** Lives it through without a thief. The referee watches. */
    void undisturbed() {
        goOn(history.world().now().plus(LENGTH));
    }

    /** Whether unanswered offers were reported. */
    boolean isReported() {
        return history.world().referee.reported().isPresent();
    }

    private void goOn(Instant end) {
        while (history.world().now().isBefore(end) && !history.world().referee.isOver()) {
            history.browse(page());
            history.pass(Duration.ofMillis(
                    1 + random.nextInt(1000 * (random.nextInt(4) == 0 ? LONGEST_PAUSE_SECONDS : 30))));
        }
    }

    private void use(SimulatedClient copy, Thief thief) {
        if (!history.world().referee.isOver()) {
            Trip trip = thief.pace().isPunctual()
                    ? Trip.INSTANT
                    : Trip.millis(random.nextInt(200), random.nextInt(200), false);
            copy.send(trip.from(thief.appearance().client(Trip.ELSEWHERE, random), isDrawn()), false);
            history.world()
                    .network
                    .send(
                            Duration.ZERO,
                            () -> history.world().network.send(pause(copy, thief.pace()), () -> use(copy, thief)));
        }
    }

    private Duration pause(SimulatedClient copy, RequestPace pace) {
        Duration left = Duration.between(history.world().now(), copy.lastOffer().plus(OFFER_STANDS));
        return pace.isPunctual() && !left.isNegative() && !left.isZero() ? left : pace.next(random);
    }

    private boolean isDrawn() {
        return random.nextInt(RequestSource.ONE_IN) == 0;
    }

    private List<Trip> page() {
        List<Trip> page = new ArrayList<>(Collections.nCopies(1 + random.nextInt(6), Trip.INSTANT));
        page.replaceAll(any -> trip());
        return page;
    }

    /** One way in five takes up to the grace. */
    private Trip trip() {
        return Trip.millis(way(), way(), random.nextDouble() < lostAnswers)
                .from(owner.client(Trip.HOME, random), isDrawn());
    }

    private long way() {
        return random.nextInt(5) == 0 ? random.nextInt((int) World.GRACE.toMillis()) : random.nextInt(200);
    }
}
