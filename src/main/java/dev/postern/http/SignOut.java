package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.http.transport.PresentedTokens;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.SessionKeeper;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.request.RequestLogin;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Signs out the client of a request: ends the session of every token that the client holds, removes the cookie, and
 * ends the container's own session, whose content was the user's.
 *
 * <p>Safe for concurrent use.
 */
public final class SignOut {

    private final TokenTransport transport;
    private final PresentedTokens presented;
    private final RateLimitedLog failures =
            new RateLimitedLog(System.getLogger(SignOut.class.getName()), System::nanoTime);

    public SignOut(SessionKeeper keeper, TokenTransport transport) {
        this.transport = transport;
        this.presented = new PresentedTokens(keeper, transport);
    }

    /** Signs out, and answers 204, or 503 if the grid did not answer. */
    public void answer(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        signOut(request, response);
        if (UnwrappedRequest.login(request) instanceof RequestLogin.Unavailable) {
            ErrorAnswer.unavailable(response);
        } else {
            if (!response.isCommitted()) { // by the application's own mechanism
                CacheHeaders.mark(response);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
        }
    }

    /**
     * Signs out through the container, which then forgets the caller. If the grid does not answer, the login of the
     * request is {@link RequestLogin.Unavailable} afterwards; what a container throws in this case differs.
     */
    void signOut(HttpServletRequest request, HttpServletResponse response) throws ServletException {
        try {
            if (UnwrappedRequest.login(request) instanceof RequestLogin.SignedIn) {
                request.logout();
            } else { // without a user a container may not ask the mechanism, and tokens would be left
                end(request, response);
            }
        } catch (ServletException | RuntimeException e) {
            if (!(UnwrappedRequest.login(request) instanceof RequestLogin.Unavailable)) {
                throw e;
            }
        }
    }

    /**
     * Signs out without the container.
     *
     * @throws PosternException when the grid does not answer; then the client keeps what it holds, and can try again,
     *     and the session is ended in the background
     */
    void end(HttpServletRequest request, HttpServletResponse response) {
        end(request, response, () -> {});
    }

    /**
     * Signs out without the container.
     *
     * @param forget ends what depends on the container's own session, once the client's token has been removed
     * @throws PosternException when the grid does not answer, see above
     */
    void end(HttpServletRequest request, HttpServletResponse response, Runnable forget) {
        try {
            presented.endAll(request);
        } catch (PosternException e) {
            failures.warnWithoutStack(LogEvent.GRID_FAILED.told("Ending a session at a sign-out failed: 503."), e);
            UnwrappedRequest.setLogin(request, new RequestLogin.Unavailable(e));
            throw e;
        }
        if (UnwrappedRequest.login(request) instanceof RequestLogin.SignedIn
                || !transport.all(request).isEmpty()) {
            transport.remove(request, response);
        }
        transport.removeHalfWay(request, response);
        UnwrappedRequest.setLogin(request, new RequestLogin.Anonymous());
        try {
            forget.run();
        } finally {
            ContainerHttpSession.end(request);
        }
    }
}
