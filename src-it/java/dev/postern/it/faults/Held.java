package dev.postern.it.faults;

/**
 * What a client holds of its session: whose it is, its name, and the token. Never shows the token in text.
 *
 * <p>Immutable.
 */
record Held(String user, String handle, String token) {

    static Held of(Answer begun) {
        return new Held(begun.user(), begun.handle(), begun.token());
    }

    /** The same after an answer, which may carry a successor. */
    Held after(Answer answer) {
        return answer.hasToken() ? new Held(user, handle, answer.token()) : this;
    }

    @Override
    public String toString() {
        return handle + " of " + user;
    }
}
