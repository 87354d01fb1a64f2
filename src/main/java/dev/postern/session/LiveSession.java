package dev.postern.session;

import dev.postern.Session;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.time.Instant;

/**
 * A session that was alive when it was read, and the token with which its client holds it.
 *
 * <p>Immutable.
 *
 * @param row what stands in the grid, and so the user as they were at sign-in
 * @param at when that was, by the cluster's clock
 * @param user the user as they are now
 */
public record LiveSession(Token token, SessionRow.Active row, Instant at, SessionUser user) {

    /** A session whose user was not looked up since the sign-in. */
    public LiveSession(Token token, SessionRow.Active row, Instant at) {
        this(token, row, at, row.user());
    }

    /** The session's public and permanent name. */
    public Handle handle() {
        return token.session();
    }

    /** The name of its user that says nothing of them: the same in all their sessions. */
    public Handle userHandle() {
        return token.user();
    }

    /** Where the session's row stands. */
    public RowKey key() {
        return RowKey.of(token);
    }

    /** The same session of the user as they are now. */
    public LiveSession withUser(SessionUser now) {
        return new LiveSession(token, row, at, now);
    }

    /** The session as its user may see it, in a request of the session itself. */
    public Session toSession() {
        return ListedSession.toSession(handle(), row, user, true);
    }

    /** How long ago the user had proved who they are. */
    public Duration sinceAuthentication() {
        return Duration.between(row.times().authenticated(), at);
    }
}
