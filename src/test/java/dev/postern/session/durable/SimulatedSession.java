package dev.postern.session.durable;

import dev.postern.session.LiveSession;
import dev.postern.session.token.Handle;
import java.time.Instant;

/**
 * A session as its client knows it, and what has been promised about it.
 *
 * <p>For one thread at a time.
 */
final class SimulatedSession {

    final String user;
    final Handle handle;
    String token;

    /** Whether its client waits for an answer. It sends one request at a time. */
    boolean isBusy;

    /** Its end was acknowledged. */
    boolean isEnded;

    /** Its end was not requested, but a sign-in has taken its place. The database may not have that yet. */
    boolean isEndLate;

    /** Its end may have happened: it was requested, and not acknowledged. */
    boolean isUnsure;

    /** Whether the only request of that kind was a sign-out that failed. Then signing in again saves the session. */
    boolean isSavedBySigningIn;

    /** Until then the database may have the tombstone of a sign-out that failed. */
    Instant unsettledUntil = Instant.MIN;

    /** What was acknowledged is in the database. */
    boolean isDurable;

    /** The node that was to write it has crashed. */
    boolean isForgotten;

    /** All nodes crashed before it was in the database. */
    boolean isPerhapsLost;

    /** How many edits were acknowledged, and how many of them are in the database. */
    int edits;

    int durableEdits;

    SimulatedSession(LiveSession begun, String user) {
        this.user = user;
        this.handle = begun.handle();
        this.token = begun.token().reveal();
    }

    boolean mustLive() {
        return !isEnded && !isUnsure && !isPerhapsLost;
    }

    /** An end is requested. */
    void endBegins() {
        isUnsure = true;
        isSavedBySigningIn = false;
    }

    /** All that was acknowledged has been written by now, and nothing is under way. */
    void settled(Instant now) {
        if (!now.isBefore(unsettledUntil)) {
            unsettledUntil = Instant.MIN;
        }
        if (!isForgotten && unsettledUntil.equals(Instant.MIN)) {
            isDurable = true;
            durableEdits = edits;
            isEndLate = false;
        }
    }

    /** Its row was written to the grid, and waits to be written to the database. */
    void written() {
        isForgotten = false;
    }

    /** What waited on that node is only written after the next use. */
    void nodeCrashed() {
        isForgotten = true;
        isSavedBySigningIn = false;
        isUnsure |= !unsettledUntil.equals(Instant.MIN);
    }

    void allCrashed() {
        nodeCrashed();
        isPerhapsLost |= !isDurable;
        isEnded &= !isEndLate;
        edits = durableEdits;
    }

    @Override
    public String toString() {
        return user + " " + handle.text().substring(0, 4) + (isEnded ? " ended" : "") + (isUnsure ? " unsure" : "")
                + (isDurable ? " durable" : "") + (isPerhapsLost ? " perhaps lost" : "");
    }
}
