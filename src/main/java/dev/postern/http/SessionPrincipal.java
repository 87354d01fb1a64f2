package dev.postern.http;

import dev.postern.session.LiveSession;
import dev.postern.session.Login;
import dev.postern.session.RowKey;
import dev.postern.session.User;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;

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

    /** Tells the container who is calling. */
    static AuthenticationStatus tellContainer(Login.SignedIn login, HttpMessageContext context) {
        User user = login.live().user();
        try {
            return context.notifyContainerAboutLogin(new SessionPrincipal(login.live()), user.roles());
        } catch (IllegalStateException e) {
            throw IntegratedJaspi.explained(e);
        }
    }

    RowKey row() {
        return new RowKey(row);
    }

    String handle() {
        return handle;
    }
}
