package dev.postern.http.endpoint;

import dev.postern.SignInFailure;
import dev.postern.http.SignOut;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.answer.RequestRejection;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.request.RequestLogin;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The endpoint {@code /postern/session}: {@code POST} signs in, {@code GET} shows the current session without extending
 * it, {@code DELETE} signs out. The first part of the path is {@code /postern} unless the setting {@code
 * postern.endpoints.path} says otherwise.
 *
 * <p>Safe for concurrent use.
 */
public class SessionServlet extends HttpServlet {

    private static final String WRONG = "The user name or the password is wrong.";
    private static final String TOO_MANY =
            "Too many sign-ins have failed, or are being checked. Try again after the time that Retry-After says.";
    private static final String METHODS = "GET, HEAD, POST, DELETE, OPTIONS";

    @Inject
    private transient PasswordSignIn signIn;

    @Inject
    private transient SignOut signOut;

    @Inject
    private transient TokenTransport transport;

    @Inject
    private transient CrossSiteGuard guard;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Cors.claim(request);
        super.service(request, response);
    }

    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) {
        Cors.answerOptions(request, response, METHODS);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        signIn.signIn(request, response, new PasswordSignIn.Answers() {
            @Override
            public void signedIn() throws IOException {
                answer(HttpServletResponse.SC_CREATED, request, response);
            }

            @Override
            public void failed(SignInFailure failure) throws IOException {
                refuse(failure, response);
            }

            @Override
            public void malformed(String sentence) throws IOException {
                ErrorAnswer.BAD_REQUEST.write(response, sentence);
            }

            @Override
            public void unavailable() throws IOException {
                ErrorAnswer.unavailable(response);
            }
        });
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(HttpServletResponse.SC_OK, request, response);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (!transport.mayTravel(request)) {
            refusePlainHttp(response);
            return;
        }
        signOut.answer(request, response);
    }

    /** Answers a sign-in that has failed. */
    public static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        refuse(PasswordSignIn.failure(request), response);
    }

    private static void refuse(SignInFailure failure, HttpServletResponse response) throws IOException {
        switch (failure.reason()) {
            case WRONG_CREDENTIAL, USER_GONE -> ErrorAnswer.unauthorized(new RequestLogin.Anonymous(), response, WRONG);
            case TOO_MANY_FAILURES -> ErrorAnswer.tooMany(response, failure.retryAfter(), TOO_MANY);
            case TOO_MANY_SIGN_INS ->
                ErrorAnswer.tooMany(
                        response,
                        failure.retryAfter(),
                        "You sign in too often. Try again after the time that Retry-After says.");
            case TOO_MANY_SESSIONS ->
                ErrorAnswer.CONFLICT.write(
                        response, "You are signed in as often as allowed. Sign out elsewhere, and then sign in again.");
            case PLAIN_HTTP -> refusePlainHttp(response);
            case OTHER_SITE -> RequestRejection.OTHER_SITE.write(response);
        }
    }

    private static void refusePlainHttp(HttpServletResponse response) throws IOException {
        ErrorAnswer.FORBIDDEN.write(
                response,
                "This request came over plain http. Use https, or say with the setting postern.cookie.plain-http where"
                        + " plain http is safe.");
    }

    private void answer(int status, HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestLogin login = UnwrappedRequest.login(request);
        if (login instanceof RequestLogin.SignedIn signedIn) {
            LiveSession session = signedIn.live();
            ErrorAnswer.write(
                    response,
                    status,
                    "application/json",
                    SessionJson.ofCurrent(session.toSession(), guard.csrfToken(session)));
        } else if (login instanceof RequestLogin.Unavailable) {
            ErrorAnswer.unavailable(response);
        } else {
            ErrorAnswer.unauthorized(login, response);
        }
    }
}
