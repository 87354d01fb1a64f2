package dev.postern.session;

import java.time.Duration;
import java.time.Instant;

/**
 * A session that was alive when it was read, and the token with which its client holds it.
 *
 * <p>Immutable.
 *
 * @param at when that was, by the cluster's clock
 */
public record LiveSession(Token token, SessionRow.Active row, Instant at) {

    /** The session's public and permanent name. */
    public Handle handle() {
        return token.session();
    }

    /** Where the session's row stands. */
    public RowKey key() {
        return token.key();
    }

    /** The same session of the user as they are now. */
    public LiveSession withUser(User user) {
        return new LiveSession(token, row.withUser(user), at);
    }

    /** How long ago the user had proved who they are. */
    public Duration sinceAuthentication() {
        return Duration.between(row.times().authenticated(), at);
    }
}
