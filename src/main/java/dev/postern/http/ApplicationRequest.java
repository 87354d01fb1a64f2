package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.RequestLogin;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request as the application sees it. Its calls mean the same on every server:
 *
 * <ul>
 *   <li>{@code authenticate} brings a credential to the mechanism, also where the server takes a caller who is signed
 *       in already for proven (WF-31), and throws what failed instead of taking it for a wrong password (PY-33);
 *   <li>{@code login} is refused, because the users of the server's own realm are none of the application's (WF-33);
 *   <li>{@code logout} does not claim to have worked when the cluster has not answered;
 *   <li>{@code getSession} throws if the session belongs to a user and the caller is unknown.
 * </ul>
 *
 * <p>For one request thread.
 */
public final class ApplicationRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final SignOut signOut;

    private ApplicationRequest(HttpServletRequest request, HttpServletResponse response, SignOut signOut) {
        super(request);
        this.response = response;
        this.signOut = signOut;
    }

    /** The request, wrapped once. */
    public static HttpServletRequest of(HttpServletRequest request, HttpServletResponse response, SignOut signOut) {
        return isOne(request) ? request : new ApplicationRequest(request, response, signOut);
    }

    private static boolean isOne(HttpServletRequest request) {
        return request instanceof ApplicationRequest
                || (request instanceof ServletRequestWrapper wrapper && wrapper.isWrapperFor(ApplicationRequest.class));
    }

    @Override
    public boolean authenticate(HttpServletResponse answer) throws IOException, ServletException {
        AuthenticateCall call = AuthenticateCall.begin(this);
        try {
            boolean isAuthenticated = authenticate(call, answer);
            SignInOutcome.throwIfUndecided(this);
            return isAuthenticated;
        } catch (ServletException e) {
            SignInOutcome.throwIfUndecided(this);
            throw e;
        } finally {
            call.end();
        }
    }

    private boolean authenticate(AuthenticateCall call, HttpServletResponse answer)
            throws IOException, ServletException {
        boolean isAuthenticated = super.authenticate(answer);
        boolean isUnasked = isAuthenticated && !call.isReached() && call.hasCredential();
        return isUnasked ? authenticateAgain(call, answer) : isAuthenticated;
    }

    private boolean authenticateAgain(AuthenticateCall call, HttpServletResponse answer)
            throws IOException, ServletException {
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
                && UnwrappedRequest.login(this) instanceof RequestLogin.Unavailable broken
                && ContainerHttpSession.isOwned(session)) {
            throw new PosternException(
                    "The HttpSession belongs to a user, and it is unknown whether that is the caller.", broken.cause());
        }
        return session;
    }

    /** A container takes an unknown caller for an anonymous one, and would do nothing. */
    @Override
    public void logout() throws ServletException {
        if (UnwrappedRequest.login(this) instanceof RequestLogin.Unavailable) {
            signOut.end(this, response);
        } else {
            super.logout();
        }
    }

    /**
     * A call of {@code HttpServletRequest.authenticate} that is under way. It is kept in a request attribute, because
     * the container lies between the caller and the mechanism.
     *
     * <p>For one request thread.
     */
    static final class AuthenticateCall {

        private static final String ATTRIBUTE = "dev.postern.authenticate";

        private final HttpServletRequest request;
        private boolean isReached;
        private Step step = Step.ASKING;

        /** What the container is about to ask the mechanism for. */
        enum Step {
            /** To authenticate the caller. */
            ASKING,
            /** To forget the caller, because the same request goes on to authenticate; the session stays. */
            FORGETTING,
            /** To name the caller of the request once more, after another one could not be authenticated. */
            RESTORING
        }

        private AuthenticateCall(HttpServletRequest request) {
            this.request = request;
        }

        static AuthenticateCall begin(HttpServletRequest request) {
            AuthenticateCall call = new AuthenticateCall(UnwrappedRequest.of(request));
            call.request.setAttribute(ATTRIBUTE, call);
            return call;
        }

        static Optional<AuthenticateCall> of(HttpServletRequest request) {
            return UnwrappedRequest.of(request).getAttribute(ATTRIBUTE) instanceof AuthenticateCall call
                    ? Optional.of(call)
                    : Optional.empty();
        }

        static boolean isAt(Step step, HttpServletRequest request) {
            return of(request).filter(call -> call.step == step).isPresent();
        }

        void end() {
            request.removeAttribute(ATTRIBUTE);
        }

        void goOnTo(Step next) {
            step = next;
        }

        void reach() {
            isReached = true;
        }

        boolean isReached() {
            return isReached;
        }

        /** Whether the application hands over a credential. The name of its attribute differs by server. */
        boolean hasCredential() {
            return attributes().values().stream()
                    .anyMatch(value ->
                            value instanceof AuthenticationParameters parameters && parameters.getCredential() != null);
        }

        /** The statuses that the server has noted, to be restored after a step that the application must not see. */
        Map<String, Object> statuses() {
            Map<String, Object> statuses = attributes();
            statuses.values().removeIf(value -> !(value instanceof AuthenticationStatus));
            return statuses;
        }

        private Map<String, Object> attributes() {
            List<String> names = Collections.list(request.getAttributeNames());
            Map<String, Object> attributes = new HashMap<>();
            names.forEach(name -> {
                Object value = request.getAttribute(name);
                if (value != null) {
                    attributes.put(name, value);
                }
            });
            return attributes;
        }
    }
}
