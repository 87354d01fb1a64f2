package dev.postern.it.rig.client;

/**
 * What a client holds of its session: whose it is, its handle, and the token, over HTTP with the name of its cookie. Never shows the
 * token in text.
 *
 * <p>Immutable.
 */
public record Held(String user, String handle, String token) {

    public static final Held NOTHING = new Held("", "", "");

    public static Held of(Answer begun) {
        return new Held(begun.caller().user(), begun.caller().handle(), begun.token());
    }

    /** The same session after an answer, which may carry a successor of the token. */
    public Held after(Answer answer) {
        return answer.is(Answer.Outcome.LIVE) && answer.hasToken() ? new Held(user, handle, answer.token()) : this;
    }

    public boolean isNothing() {
        return token.isEmpty();
    }

    @Override
    public String toString() {
        return handle + " of " + user;
    }
}
