package dev.postern.histories;

import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.Resumption;
import dev.postern.session.Use;

/**
 * Somebody with a cookie jar. A browser keeps what it is sent; a simple client does not. It tells the referee whether it is
 * the owner or a thief.
 *
 * <p>For one thread.
 */
final class Client {

    private static final Use ACTIVE = Use.active(draft -> {});

    private final World world;
    private final boolean isOwner;
    private final boolean keepsCookies;
    private Held jar;

    /** A token, and how many sign-ins there had been when it was issued. */
    private record Held(String text, int signIns) {}

    Client(World world, String text, boolean isOwner, boolean keepsCookies) {
        this(world, new Held(text, 0), isOwner, keepsCookies);
    }

    private Client(World world, Held jar, boolean isOwner, boolean keepsCookies) {
        this.world = world;
        this.jar = jar;
        this.isOwner = isOwner;
        this.keepsCookies = keepsCookies;
    }

    /** Somebody with a copy of this one's cookie. */
    Client copiedBy(boolean keepsCookies) {
        return new Client(world, jar, false, keepsCookies);
    }

    /** Sends a request with what is in the jar now. */
    void send(Trip trip, boolean isPassive) {
        Held held = jar;
        if (!world.referee.isOver()) {
            world.network.send(trip.out(), () -> arrive(held, trip, isPassive));
        }
    }

    private void arrive(Held held, Trip trip, boolean isPassive) {
        world.referee.asked(isOwner);
        try {
            Resumption answer = world.resume(held.text, isPassive ? Use.PASSIVE : ACTIVE);
            world.referee.answered(answer, isOwner && !isFromBeforeASignIn(held), isPassive);
            boolean hasCookie =
                    answer instanceof Resumption.Live live && live.successor().isPresent();
            if (hasCookie && keepsCookies && !trip.isLost()) {
                String successor =
                        ((Resumption.Live) answer).successor().orElseThrow().reveal();
                world.network.send(trip.back(), () -> jar = new Held(successor, held.signIns));
            }
        } catch (PosternException e) {
            world.referee.broke(isPassive);
        }
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
        Resumption answer = world.resume(text.substring(0, position) + letter + text.substring(position + 1), ACTIVE);
        world.referee.forged(answer, world.cache.calls() - before);
    }
}
