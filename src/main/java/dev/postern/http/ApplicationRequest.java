package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.http.request.LoginAttribute;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it. Its calls mean the same on every server:
 *
 * <ul>
 *   <li>{@code authenticate} brings a credential to the mechanism, also where the server takes a caller who is signed
 *       in already for proven (WF-31), and throws what failed instead of taking it for a wrong password (PY-33);
 *   <li>{@code login} is refused, because the users of the server's own realm are none of the application's (WF-33);
 *   <li>{@code logout} does not claim to have worked when the cluster has not answered;
 *   <li>{@code getSession} gives no session that belongs to a user when nothing is known of the caller.
 * </ul>
 *
 * <p>For one request thread.
 */
public final class ApplicationRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final RequestAuthenticator authenticator;

    private ApplicationRequest(
            HttpServletRequest request, HttpServletResponse response, RequestAuthenticator authenticator) {
        super(request);
        this.response = response;
        this.authenticator = authenticator;
    }

    /** The request, wrapped once. */
    public static HttpServletRequest of(
            HttpServletRequest request, HttpServletResponse response, RequestAuthenticator authenticator) {
        return isOne(request) ? request : new ApplicationRequest(request, response, authenticator);
    }

    private static boolean isOne(HttpServletRequest request) {
        return request instanceof ApplicationRequest
                || (request instanceof ServletRequestWrapper wrapper && wrapper.isWrapperFor(ApplicationRequest.class));
    }

    @Override
    public boolean authenticate(HttpServletResponse answer) throws IOException, ServletException {
        AuthenticateCall call = AuthenticateCall.begin(this);
        try {
            boolean isAuthenticated = ask(call, answer);
            call.rethrow();
            return isAuthenticated;
        } catch (ServletException e) {
            call.rethrow();
            throw e;
        } finally {
            call.end();
        }
    }

    private boolean ask(AuthenticateCall call, HttpServletResponse answer) throws IOException, ServletException {
        boolean isAuthenticated = super.authenticate(answer);
        boolean isUnasked = isAuthenticated && !call.isReached() && call.hasCredential();
        return isUnasked ? askAnew(call, answer) : isAuthenticated;
    }

    private boolean askAnew(AuthenticateCall call, HttpServletResponse answer) throws IOException, ServletException {
        call.goOnTo(AuthenticateCall.Step.FORGETTING);
        super.logout();
        call.goOnTo(AuthenticateCall.Step.ASKING);
        boolean isAuthenticated = false;
        try {
            isAuthenticated = super.authenticate(answer);
        } finally {
            if (!isAuthenticated) {
                restore(call, answer);
            }
        }
        return isAuthenticated;
    }

    private void restore(AuthenticateCall call, HttpServletResponse answer) throws IOException, ServletException {
        Map<String, Object> statuses = call.statuses();
        call.goOnTo(AuthenticateCall.Step.RESTORING);
        boolean unused = super.authenticate(answer);
        statuses.forEach(this::setAttribute);
    }

    @Override
    public void login(String username, String password) throws ServletException {
        throw new ServletException("Postern signs in with SecurityContext.authenticate or POST /postern/session;"
                + " HttpServletRequest.login would ask the server's own realm.");
    }

    @Override
    public @Nullable HttpSession getSession() {
        return readable(super.getSession());
    }

    @Override
    public @Nullable HttpSession getSession(boolean isMade) {
        return readable(super.getSession(isMade));
    }

    private @Nullable HttpSession readable(@Nullable HttpSession session) {
        if (session != null
                && LoginAttribute.of(this) instanceof RequestLogin.Unavailable broken
                && ContainerHttpSession.isOwned(session)) {
            throw new PosternException(
                    "The HttpSession belongs to a user, and it is unknown whether that is the caller.", broken.cause());
        }
        return session;
    }

    /** A container takes a caller of whom nothing is known for anonymous, and would do nothing. */
    @Override
    public void logout() throws ServletException {
        if (LoginAttribute.of(this) instanceof RequestLogin.Unavailable) {
            authenticator.end(this, response);
        } else {
            super.logout();
        }
    }
}
