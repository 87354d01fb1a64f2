package dev.postern.it.faults;

/**
 * Something in a history that must not be: the invariant that it breaks, by its number, and what was seen.
 *
 * <p>Immutable.
 */
record Finding(String invariant, Call call, String text) {

    /** The session that it is about. */
    String handle() {
        return call.request().handle();
    }

    @Override
    public String toString() {
        return invariant + ", " + text + ": " + call;
    }
}
