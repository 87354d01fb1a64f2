package dev.postern.session;

import dev.postern.Session;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.user.ConfirmedRoles;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.time.Instant;

/**
 * A session that was alive when it was read, and the token with which its client holds it.
 *
 * <p>Immutable.
 *
 * @param row the row in the grid, with the user as they were at sign-in
 * @param at when the row was read or written, by the cluster's clock
 * @param user the user as they are now
 * @param roles what the container has confirmed about this user
 */
public record LiveSession(Token token, SessionRow.Active row, Instant at, SessionUser user, ConfirmedRoles roles) {

    /** A session with the user as they were at sign-in. */
    public LiveSession(Token token, SessionRow.Active row, Instant at) {
        this(token, row, at, row.user(), new ConfirmedRoles());
    }

    /** The public and permanent name of the session. */
    public Handle handle() {
        return token.session();
    }

    /** The pseudonym of the user, which all their sessions share. */
    public Handle userHandle() {
        return token.user();
    }

    /** The key of the session's row. */
    public RowKey key() {
        return RowKey.of(token);
    }

    /** This session, with the user as they are now. Nothing is confirmed about a user who has changed. */
    public LiveSession withUser(SessionUser now) {
        return now.equals(user) ? this : new LiveSession(token, row, at, now, new ConfirmedRoles());
    }

    /** The session as applications see it, marked as the current one. */
    public Session toSession() {
        return ListedSession.toSession(handle(), row, user, true);
    }

    /** The time between the last authentication and {@link #at}. */
    public Duration sinceAuthentication() {
        return Duration.between(row.times().authenticated(), at);
    }
}
