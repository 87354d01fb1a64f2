package dev.postern.http;

import dev.postern.session.LiveSession;
import dev.postern.session.RowKey;
import jakarta.security.enterprise.CallerPrincipal;

/**
 * The caller as the container knows it, with the session that it came by: connections that outlive their request have nothing
 * else of it.
 *
 * <p>Immutable. Carries the public handles of user and session alone.
 */
final class SessionPrincipal extends CallerPrincipal {

    private static final long serialVersionUID = 1;

    private final String row;
    private final String handle;

    SessionPrincipal(LiveSession session) {
        super(session.row().user().name());
        this.row = session.key().text();
        this.handle = session.handle().text();
    }

    RowKey row() {
        return new RowKey(row);
    }

    String handle() {
        return handle;
    }
}
