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
    private String jar;
    private int underWay;

    Client(World world, String jar, boolean isOwner, boolean keepsCookies) {
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
        String text = jar;
        if (world.referee.isOver()) {
            return;
        }
        underWay++;
        world.network.send(trip.out(), () -> arrive(text, trip, isPassive));
    }

    private void arrive(String text, Trip trip, boolean isPassive) {
        world.referee.asked(isOwner);
        try {
            Resumption answer = world.resume(text, isPassive ? Use.PASSIVE : ACTIVE);
            world.referee.answered(answer, isOwner, isPassive);
            boolean hasCookie =
                    answer instanceof Resumption.Live live && live.successor().isPresent();
            if (hasCookie && keepsCookies && !trip.isLost()) {
                String successor =
                        ((Resumption.Live) answer).successor().orElseThrow().reveal();
                world.network.send(trip.back(), () -> jar = successor);
            }
        } catch (PosternException e) {
            world.referee.broke(isPassive);
        }
        world.network.send(trip.back(), () -> underWay--);
    }

    /** Signs in again, when nothing else is under way: a form is sent from a page that stands still. */
    void signIn(boolean isAnswerLost) {
        if (underWay > 0 || world.referee.isOver()) {
            return;
        }
        world.referee.asked(isOwner);
        try {
            LiveSession begun = world.signIn(jar);
            world.referee.signedIn(begun);
            world.referee.lockedOut(isAnswerLost);
            jar = isAnswerLost ? jar : begun.token().reveal();
        } catch (PosternException e) {
            world.referee.lockedOut(true);
        }
    }

    void signOut() {
        try {
            world.signOut(jar);
            world.referee.signedOut();
        } catch (PosternException e) {
            world.referee.broke(true);
        }
    }

    /** Presents what it holds with one letter changed. */
    void forge(int position) {
        char letter = jar.charAt(position) == 'A' ? 'B' : 'A';
        int before = world.cache.calls();
        Resumption answer = world.resume(jar.substring(0, position) + letter + jar.substring(position + 1), ACTIVE);
        world.referee.forged(answer, world.cache.calls() - before);
    }
}
