package dev.postern.http.logout;

import dev.postern.SessionEvent.LogoutRefused.Fault;

/** A logout token is refused. */
public final class RefusedTokenException extends Exception {

    private final Fault reason;

    public RefusedTokenException(Fault reason) {
        super(reason.name());
        this.reason = reason;
    }

    /** What is wrong with the token. */
    public Fault reason() {
        return reason;
    }
}
