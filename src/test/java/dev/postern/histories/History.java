package dev.postern.histories;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A history as it unfolds: a world, the session's owner, and perhaps a thief.
 *
 * <p>For one thread.
 */
final class History {

    private final World world;
    private final Client owner;
    private Optional<Client> thief = Optional.empty();

    private History(long seed, boolean ownerKeepsCookies) {
        world = new World(seed);
        owner = new Client(world, world.firstText(), true, ownerKeepsCookies);
    }

    /** The history of a browser. */
    static History ofBrowser() {
        return new History(1, true);
    }

    /** The history of a client that never takes a new cookie. */
    static History ofSimpleClient() {
        return new History(1, false);
    }

    World world() {
        return world;
    }

    Client owner() {
        return owner;
    }

    void pass(Duration time) {
        world.network.pass(time);
    }

    void browse(List<Trip> page) {
        page.forEach(trip -> owner.send(trip, false));
    }

    /** The first time it copies the cookie; then it uses the copy, with a jar of its own. */
    void steal(List<Trip> uses) {
        Client copy = thief.orElseGet(() -> owner.copiedBy(true));
        thief = Optional.of(copy);
        uses.forEach(trip -> copy.send(trip, false));
    }

    /**
     * Owner and thief go on, one request each a minute, on a network and a grid that work, after what was under way
     * has arrived and an owner whose sign-in got lost has signed in again. Answers how long until it shows.
     */
    Duration goOnUntilFound(Duration most) {
        world.cache.heal();
        Duration gone = Duration.ZERO;
        pass(World.GRACE.multipliedBy(2));
        if (world.referee.isOwnerLockedOut()) {
            owner.signIn(false);
        }
        while (!world.referee.isSettled() && gone.compareTo(most) < 0) {
            steal(List.of(Trip.INSTANT));
            pass(Duration.ofSeconds(30));
            owner.send(Trip.INSTANT, false);
            pass(Duration.ofSeconds(30));
            gone = gone.plusMinutes(1);
        }
        return gone;
    }
}
