package dev.postern.http;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.Sessions;
import dev.postern.session.Login;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/**
 * The endpoint {@code /postern/sessions}: {@code GET} lists the caller's sessions, {@code DELETE} on one of them ends it, and
 * {@code DELETE ?others} ends all but the current one.
 *
 * <p>Safe for concurrent use.
 */
public class SessionsServlet extends HttpServlet {

    private static final String METHODS = "GET, HEAD, DELETE, OPTIONS";

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient Logins logins;

    @Inject
    private transient RecentAuthentication recent;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Cors.claim(request);
        if (request.getMethod().equals("OPTIONS")) {
            Cors.answerOptions(request, response, METHODS);
            return;
        }
        try {
            Login login = Logins.known(request);
            if (login.session().isEmpty()) {
                Problem.unauthorized(login, response, "Nobody is signed in.");
            } else {
                answer(request, response);
            }
        } catch (PosternException e) {
            logins.warn(e);
            Problem.unavailable(response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        switch (request.getMethod()) {
            case "GET", "HEAD" -> list(path, response);
            case "DELETE" -> delete(path, request, response);
            default -> {
                response.setHeader("Allow", METHODS);
                Problem.METHOD_NOT_ALLOWED.write(response, "Sessions are listed with GET and ended with DELETE.");
            }
        }
    }

    private void list(String path, HttpServletResponse response) throws IOException {
        if (path.isEmpty()) {
            Problem.write(response, HttpServletResponse.SC_OK, "application/json", SessionJson.of(sessions.mine()));
        } else {
            Problem.NOT_FOUND.write(response, "A session is shown in the list of all.");
        }
    }

    private void delete(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (isCurrent(path)) {
            SignOut.answer(logins, request, response);
        } else if (!isRecent(request)) {
            refuseStale(request, response);
        } else if (!path.isEmpty()) {
            end(path.substring(1), response);
        } else if ("others".equals(request.getQueryString())) {
            endOthers(request, response);
        } else {
            Problem.BAD_REQUEST.write(
                    response, "Say which: /{handle} ends one session, ?others all but the current one.");
        }
    }

    private boolean isRecent(HttpServletRequest request) {
        return Logins.known(request).session().filter(recent::admits).isPresent();
    }

    /** The challenge of RFC 9470: the client asks for the password, signs in again, and repeats the request. */
    private void refuseStale(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(
                Challenge.HEADER, Challenge.stepUp(Logins.known(request).challenge(), recent.within()));
        Problem.UNAUTHORIZED.write(response, "Sign in again to end other sessions.");
    }

    /** A session that is over by now ends no others. */
    private void endOthers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (sessions.revokeOthers()) {
            done(response);
        } else {
            Problem.unauthorized(logins.nobody(request), response, "Your session is over.");
        }
    }

    /** Ending the session that asks is signing out: the cookie goes, and the container's own session. */
    private boolean isCurrent(String path) {
        return sessions.current()
                .filter(current -> path.equals("/" + current.handle()))
                .isPresent();
    }

    /** A handle of somebody else gets the same answer as one that nobody has. */
    private void end(String handle, HttpServletResponse response) throws IOException {
        if (sessions.revoke(handle)) {
            done(response);
        } else {
            Problem.NOT_FOUND.write(response, "You have no such session.");
        }
    }

    private static void done(HttpServletResponse response) {
        NoStore.mark(response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
