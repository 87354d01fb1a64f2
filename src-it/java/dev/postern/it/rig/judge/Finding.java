package dev.postern.it.rig.judge;

/**
 * Something in a history that must not be: the invariant that it breaks, and what was seen.
 *
 * <p>Immutable.
 */
public record Finding(Invariant invariant, Call call, String text) {

    /** The session that it is about. */
    String handle() {
        return call.request().handle();
    }

    @Override
    public String toString() {
        return invariant + ", " + text + ": " + call;
    }
}
