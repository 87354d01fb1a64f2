package dev.postern.http.endpoint;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.SessionPage;
import dev.postern.Sessions;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.SignOut;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint {@code /postern/sessions}: {@code GET} lists the caller's sessions page by page, {@code DELETE} on one
 * of them ends it, and {@code DELETE ?others} ends all but the current one. The first part of the path is {@code
 * /postern} unless the setting {@code postern.endpoints.path} says otherwise.
 *
 * <p>Safe for concurrent use.
 */
public class SessionsServlet extends HttpServlet {

    private static final String METHODS = "GET, HEAD, DELETE, OPTIONS";

    /** How many sessions a page has unless its client says otherwise. */
    static final int USUAL = 50;

    private final transient RateLimitedLog failures =
            new RateLimitedLog(System.getLogger(SessionsServlet.class.getName()), System::nanoTime);

    @Inject
    private transient Sessions sessions;

    @Inject
    private transient RequestAuthenticator authenticator;

    @Inject
    private transient SignOut signOut;

    @Inject
    private transient RecentAuthentication recent;

    @Override
    public void service(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        Cors.claim(request);
        if (request.getMethod().equals("OPTIONS")) {
            Cors.answerOptions(request, response, METHODS);
            return;
        }
        try {
            RequestLogin login = UnwrappedRequest.login(request);
            if (login.session().isEmpty()) {
                ErrorAnswer.unauthorized(login, response);
            } else {
                answer(request, response);
            }
        } catch (Bulkhead.BusyException e) {
            ErrorAnswer.tooMany(
                    response,
                    AccessError.RETRY_AFTER,
                    "Too many requests list or end your sessions at the same time. Try again in a second.");
        } catch (PosternException e) {
            warn(request, e);
            ErrorAnswer.unavailable(response);
        }
    }

    /** Who identifies the caller logs its own failures. */
    private void warn(HttpServletRequest request, PosternException e) {
        if (!(UnwrappedRequest.login(request) instanceof RequestLogin.Unavailable)) {
            String act = request.getMethod().equals("DELETE") ? "Ending" : "Listing";
            failures.warnWithoutStack(LogEvent.GRID_FAILED.told(act + " sessions of a user failed: 503."), e);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        String path = Objects.requireNonNullElse(request.getPathInfo(), "");
        switch (request.getMethod()) {
            case "GET", "HEAD" -> list(path, request, response);
            case "DELETE" -> delete(path, request, response);
            default -> {
                response.setHeader("Allow", METHODS);
                ErrorAnswer.METHOD_NOT_ALLOWED.write(response, "Sessions are listed with GET and ended with DELETE.");
            }
        }
    }

    private void list(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!path.isEmpty()) {
            ErrorAnswer.NOT_FOUND.write(response, "One session cannot be read alone: GET the list of all.");
            return;
        }
        Optional<Integer> limit = limit(request.getParameter("limit"));
        if (limit.isEmpty()) {
            ErrorAnswer.BAD_REQUEST.write(response, "limit is a number from 1 to " + Sessions.MOST + ".");
            return;
        }
        try {
            String after = request.getParameter("after");
            SessionPage page = after == null ? sessions.mine(limit.get()) : sessions.mine(after, limit.get());
            page.next().ifPresent(next -> response.setHeader("Link", link(request, limit.get(), next)));
            SessionJson.write(page.sessions(), response);
        } catch (IllegalArgumentException e) {
            ErrorAnswer.BAD_REQUEST.write(
                    response, "The parameter after is taken from the Link header of the page before.");
        }
    }

    /** The limit in the text; empty if it is not allowed. */
    private static Optional<Integer> limit(@Nullable String text) {
        if (text == null) {
            return Optional.of(USUAL);
        }
        return Optional.of(text)
                .filter(any -> any.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .filter(number -> number >= 1 && number <= Sessions.MOST);
    }

    /**
     * The link to the next page (RFC 8288), relative to this one: a proxy may have changed the path before it.
     */
    private static String link(HttpServletRequest request, int limit, String after) {
        String path = request.getServletPath();
        return "<" + path.substring(path.lastIndexOf('/') + 1) + "?limit=" + limit + "&after=" + after
                + ">; rel=\"next\"";
    }

    private void delete(String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (isCurrent(path)) {
            signOut.answer(request, response);
        } else if (!isRecent(request)) {
            refuseStale(request, response);
        } else if (!path.isEmpty()) {
            end(path.substring(1), response);
        } else if ("others".equals(request.getQueryString())) {
            endOthers(request, response);
        } else {
            ErrorAnswer.BAD_REQUEST.write(
                    response, "Say which: /{handle} ends one session, ?others all but the current one.");
        }
    }

    private boolean isRecent(HttpServletRequest request) {
        return UnwrappedRequest.login(request).session().filter(recent::admits).isPresent();
    }

    /** The challenge of RFC 9470: the client asks for the password, signs in again, and repeats the request. */
    private void refuseStale(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(
                Challenge.HEADER,
                Challenge.stepUp(UnwrappedRequest.login(request).challenge(), recent.within()));
        ErrorAnswer.UNAUTHORIZED.write(response, "Sign in again to end other sessions.");
    }

    /** A session that has ended meanwhile cannot end others. */
    private void endOthers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (sessions.revokeOthers()) {
            done(response);
        } else {
            ErrorAnswer.unauthorized(authenticator.anonymous(request), response, "Your session has ended.");
        }
    }

    /** Ending the current session is signing out: the cookie and the container's own session go too. */
    private boolean isCurrent(String path) {
        return sessions.current()
                .filter(current -> path.equals("/" + current.handle()))
                .isPresent();
    }

    /** A handle of another user gets the same answer as one that does not exist. */
    private void end(String handle, HttpServletResponse response) throws IOException {
        if (sessions.revoke(handle)) {
            done(response);
        } else {
            ErrorAnswer.NOT_FOUND.write(response, "You have no such session.");
        }
    }

    private static void done(HttpServletResponse response) {
        CacheHeaders.mark(response);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
