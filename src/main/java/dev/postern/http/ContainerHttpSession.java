package dev.postern.http;

import dev.postern.http.request.CurrentRequest;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.token.Handle;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The container's own session, which an application may use beside ours. From a sign-in on it belongs to the user: it
 * carries the user handle, and only requests of that user read it. This class never creates one.
 *
 * <table>
 *   <caption>What becomes of it</caption>
 *   <tr><td>it belongs to the user of the request</td><td>stays; at a sign-in under another id</td></tr>
 *   <tr><td>it belongs to no user, and the request has one</td>
 *   <td>belongs to that user from now on; at a sign-in under another id</td></tr>
 *   <tr><td>it belongs to another user, or the request has none</td><td>is invalidated</td></tr>
 * </table>
 */
public final class ContainerHttpSession {

    /** The attribute with the handle of the user to whom it belongs. */
    static final String USER = "dev.postern.user";

    private static final Logger LOG = System.getLogger(ContainerHttpSession.class.getName());

    private ContainerHttpSession() {}

    /**
     * Hands it over to a user who signs in, under another id, so that it is not shared with a client that planted or
     * saw the former one (CVE-2020-5205).
     *
     * @param isFormerUsers whether a session that belongs to no user counts as another user's
     */
    static void handOver(HttpServletRequest request, Handle user, boolean isFormerUsers) {
        of(request)
                .ifPresent(session -> attempt(session, live -> {
                    Optional<String> owner = owner(live);
                    if (owner.isEmpty() ? isFormerUsers : !owner.get().equals(user.text())) {
                        live.invalidate();
                    } else {
                        request.changeSessionId();
                        live.setAttribute(USER, user.text());
                    }
                }));
    }

    /** Keeps it for the user of the request alone. If the user is unknown, it stays as it is and cannot be read. */
    static void keepFor(RequestLogin login, HttpServletRequest request) {
        if (request.getRequestedSessionId() != null && !(login instanceof RequestLogin.Unavailable)) {
            of(request).ifPresent(session -> attempt(session, live -> keepFor(login, live)));
        }
    }

    private static void keepFor(RequestLogin login, HttpSession session) {
        Optional<String> owner = owner(session);
        Optional<String> user = user(login);
        if (owner.isEmpty()) {
            user.ifPresent(handle -> session.setAttribute(USER, handle));
        } else if (!owner.equals(user)) {
            session.invalidate();
        }
    }

    /** Whether it belongs to a user. */
    static boolean isOwned(HttpSession session) {
        return owner(session).isPresent();
    }

    /** Ends it with all that it holds. */
    static void end(HttpServletRequest request) {
        of(request).ifPresent(session -> attempt(session, HttpSession::invalidate));
    }

    private static Optional<String> user(RequestLogin login) {
        return login instanceof RequestLogin.SignedIn signedIn
                ? Optional.of(signedIn.live().userHandle().text())
                : Optional.empty();
    }

    private static Optional<String> owner(HttpSession session) {
        return Optional.ofNullable(session.getAttribute(USER)).map(Object::toString);
    }

    private static Optional<HttpSession> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getSession(false));
    }

    private static void attempt(HttpSession session, Consumer<HttpSession> change) {
        try {
            change.accept(session);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "A parallel request has ended the HttpSession already.", e);
        }
    }

    /** Gives a container session that a signed-in request creates to its user from the beginning. */
    public static final class Listener implements HttpSessionListener {

        @Override
        public void sessionCreated(HttpSessionEvent event) {
            user(CurrentRequest.login()).ifPresent(handle -> event.getSession().setAttribute(USER, handle));
        }
    }
}
