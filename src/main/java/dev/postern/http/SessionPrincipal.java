package dev.postern.http;

import dev.postern.http.server.UserRefusedException;
import dev.postern.http.server.WildFlyJaspi;
import dev.postern.session.LiveSession;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.row.RowKey;
import dev.postern.session.user.SessionUser;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;

/**
 * The caller as the container knows it, unless the application has a principal of its own. It names the session too: a
 * connection that outlives its request finds the session by nothing else.
 *
 * <p>Immutable. Carries the public handles of user and session alone.
 */
public final class SessionPrincipal extends CallerPrincipal {

    private static final long serialVersionUID = 1;

    private final String row;
    private final String handle;

    public SessionPrincipal(LiveSession session) {
        super(session.row().user().name());
        this.row = session.key().text();
        this.handle = session.handle().text();
    }

    /** Tells the container who is calling. */
    static AuthenticationStatus tellContainer(RequestLogin.SignedIn login, HttpMessageContext context) {
        return tellContainer(login, Optional.empty(), context);
    }

    /**
     * Tells the container who is calling, by the first of these principals: the identity store's own one; the object
     * that the application has loaded, if it is a principal of the same name; ours. A WebSocket handshake gets ours,
     * which binds the socket to its session.
     *
     * @throws UserRefusedException if the server refuses the caller because it is not set up
     */
    static AuthenticationStatus tellContainer(
            RequestLogin.SignedIn login, Optional<Principal> ofStore, HttpMessageContext context) {
        Optional<Principal> own =
                isHandshake(context.getRequest()) ? Optional.empty() : ofStore.or(() -> loaded(login));
        SessionUser user = login.live().user();
        try {
            return context.notifyContainerAboutLogin(
                    own.orElseGet(() -> login.live().roles().principal(() -> new SessionPrincipal(login.live()))),
                    user.roles());
        } catch (IllegalStateException e) {
            throw WildFlyJaspi.explained(
                    e, context.getRequest().getServletContext().getAttribute(WildFlyJaspi.DOMAIN));
        }
    }

    private static boolean isHandshake(HttpServletRequest request) {
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"));
    }

    private static Optional<Principal> loaded(RequestLogin.SignedIn login) {
        String name = login.live().user().name();
        return login.own()
                .filter(Principal.class::isInstance)
                .map(Principal.class::cast)
                .filter(principal -> name.equals(principal.getName()));
    }

    public RowKey row() {
        return new RowKey(row);
    }

    public String handle() {
        return handle;
    }
}
