package dev.postern.histories;

import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A history as it unfolds: a world, the session's owner, and perhaps a thief.
 *
 * <p>For one thread.
 */
final class SessionHistory {

    private final World world;
    private final SimulatedClient owner;
    private Optional<SimulatedClient> thief = Optional.empty();

    private SessionHistory(SessionPolicy limits, Habit habit) {
        world = new World(1, limits);
        owner = new SimulatedClient(world, world.firstText(), true, habit);
    }

    /** The history of a browser. */
    static SessionHistory ofBrowser() {
        return new SessionHistory(TestRows.LIMITS, Habit.KEEPS);
    }

    /** The history of a client that never takes a new cookie. */
    static SessionHistory ofSimpleClient() {
        return new SessionHistory(TestRows.LIMITS, Habit.IGNORES);
    }

    /** The history of a browser whose secret is renewed as often as the settings allow. */
    static SessionHistory ofHurriedBrowser() {
        return new SessionHistory(World.HURRIED, Habit.KEEPS);
    }

    World world() {
        return world;
    }

    SimulatedClient owner() {
        return owner;
    }

    void pass(Duration time) {
        world.network.pass(time);
    }

    void browse(List<Trip> page) {
        page.forEach(trip -> owner.send(trip, false));
    }

    /** The owner signs in again from a page that stands still, and waits for the answer. */
    void signInCalmly(Trip trip) {
        if (world.network.isQuiet()) {
            owner.signIn(trip);
            pass(trip.out().plus(trip.back()));
        }
    }

    /** The first time it copies the cookie; then it uses the copy, with a jar and a habit of its own. */
    void steal(Habit habit, List<Trip> uses) {
        SimulatedClient copy = thief.orElseGet(() -> owner.copiedBy(habit));
        thief = Optional.of(copy);
        uses.forEach(trip -> copy.send(trip, false));
    }

    /**
     * Owner and thief go on, from one place each, one request each a minute, on a network and a grid that work, after
     * what was under way has arrived and an owner whose sign-in got lost has signed in again. Answers how long until it
     * shows.
     */
    Duration goOnUntilFound(Habit habit, Duration most) {
        world.cache.heal();
        Duration gone = Duration.ZERO;
        pass(World.GRACE.multipliedBy(2));
        if (owner.isOutdated()) {
            owner.signIn(Trip.INSTANT);
            pass(Duration.ZERO);
        }
        while (!world.referee.isSettled() && gone.compareTo(most) < 0) {
            steal(habit, List.of(Trip.INSTANT.from(Trip.ELSEWHERE, false)));
            pass(Duration.ofSeconds(30));
            owner.send(Trip.INSTANT, false);
            pass(Duration.ofSeconds(30));
            gone = gone.plusMinutes(1);
        }
        return gone;
    }
}
