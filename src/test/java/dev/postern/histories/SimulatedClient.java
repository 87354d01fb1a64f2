package dev.postern.histories;

import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.generation.RequestSource;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody with a cookie jar. A browser keeps what it is sent; a simple client does not. It tells the referee whether it is
 * the owner or a thief.
 *
 * <p>For one thread.
 */
final class SimulatedClient {

    private final World world;
    private final boolean isOwner;
    private final Habit habit;
    private Held jar;
    private Optional<Held> aside = Optional.empty();
    private Optional<Instant> stopped = Optional.empty();
    private Instant lastOffer = Instant.EPOCH;

    /** A token, and how many sign-ins there had been when it was issued. */
    private record Held(String text, int signIns) {}

    SimulatedClient(World world, String text, boolean isOwner, Habit habit) {
        this(world, new Held(text, 0), isOwner, habit);
    }

    private SimulatedClient(World world, Held jar, boolean isOwner, Habit habit) {
        this.world = world;
        this.jar = jar;
        this.isOwner = isOwner;
        this.habit = habit;
    }

    /** Somebody with a copy of this one's cookie. */
    SimulatedClient copiedBy(Habit habit) {
        return new SimulatedClient(world, jar, false, habit);
    }

    /** When it was last sent a successor; long ago if never. */
    Instant lastOffer() {
        return lastOffer;
    }

    /** When it stopped, if it did. */
    Optional<Instant> stopped() {
        return stopped;
    }

    /** Sends a request with what is in the jar now. */
    void send(Trip trip, boolean isPassive) {
        Held held = jar;
        if (!world.referee.isOver() && stopped.isEmpty()) {
            world.network.send(trip.out(), () -> arrive(held, trip, isPassive));
        }
    }

    private void arrive(Held held, Trip trip, boolean isPassive) {
        world.referee.asked(isOwner);
        try {
            ResumeResult answer = world.resume(held.text, isPassive ? ResumeRequest.PASSIVE : active(trip.origin()));
            world.referee.answered(answer, isOwner && !isFromBeforeASignIn(held), isPassive);
            if (answer instanceof ResumeResult.Live live) {
                lastOffer = live.successor().isPresent() ? world.now() : lastOffer;
                live.successor()
                        .filter(successor -> !trip.isLost())
                        .map(successor -> new Held(successor.reveal(), held.signIns))
                        .ifPresent(token -> world.network.send(trip.back(), () -> receive(token)));
            } else {
                refused();
            }
        } catch (PosternException e) {
            world.referee.broke(isPassive);
        }
    }

    private void receive(Held token) {
        if (habit.isKeeping()) {
            jar = token;
        } else if (habit == Habit.HOARDS) {
            aside = Optional.of(token);
        }
    }

    private void refused() {
        jar = aside.orElse(jar);
        if (habit.isStopping() && stopped.isEmpty()) {
            stopped = Optional.of(world.now());
        }
    }

    private static ResumeRequest active(RequestSource origin) {
        return ResumeRequest.active(origin, draft -> {}, draft -> {});
    }

    /**
     * Sends the sign-in form. Answers that are under way may overtake the new token in the jar, or its own answer get lost: then
     * the user has to sign in once more, but nobody is a thief because of it.
     */
    void signIn(Trip trip) {
        Held held = jar;
        if (!world.referee.isOver()) {
            world.network.send(trip.out(), () -> arriveToSignIn(held, trip));
        }
    }

    private void arriveToSignIn(Held held, Trip trip) {
        if (world.referee.isOver()) {
            return;
        }
        world.referee.asked(isOwner);
        try {
            LiveSession begun = world.signIn(held.text);
            world.referee.signedIn(begun);
            Held token = new Held(begun.token().reveal(), world.referee.signIns());
            if (!trip.isLost()) {
                world.network.send(trip.back(), () -> jar = token);
            }
        } catch (PosternException e) {
            world.referee.perhapsSignedIn();
        }
    }

    /** Whether what it holds is dead, because a sign-in came after it. */
    boolean isOutdated() {
        return isFromBeforeASignIn(jar);
    }

    private boolean isFromBeforeASignIn(Held held) {
        return held.signIns < world.referee.signIns();
    }

    void signOut() {
        try {
            world.signOut(jar.text);
            world.referee.signedOut();
        } catch (PosternException e) {
            world.referee.perhapsSignedOut();
        }
    }

    /** Presents what it holds with one letter changed. */
    void forge(int position) {
        String text = jar.text;
        char letter = text.charAt(position) == 'A' ? 'B' : 'A';
        int before = world.cache.calls();
        ResumeResult answer = world.resume(
                text.substring(0, position) + letter + text.substring(position + 1), active(RequestSource.UNKNOWN));
        world.referee.forged(answer, world.cache.calls() - before);
    }
}
