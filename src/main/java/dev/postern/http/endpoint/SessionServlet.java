package dev.postern.http.endpoint;

import dev.postern.PosternException;
import dev.postern.SignInFailure;
import dev.postern.http.SignInOutcome;
import dev.postern.http.SignOut;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.answer.RequestRejection;
import dev.postern.http.credential.DelayedAnswers;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.request.RequestLogin;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
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
    private transient SecurityContext security;

    @Inject
    private transient SignOut signOut;

    @Inject
    private transient TokenTransport transport;

    @Inject
    private transient SignInPolicy policy;

    @Inject
    private transient CrossSiteGuard guard;

    @Inject
    private transient DelayedAnswers late;

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
        if (!guard.admits(request, response, true)) {
            RequestRejection.OTHER_SITE.write(response);
            return;
        }
        if (!transport.mayTravel(request)) {
            refusePlainHttp(response);
            return;
        }
        if (transport.isAskedInVain(request)) {
            ErrorAnswer.BAD_REQUEST.write(response, "Bearer tokens are off; see the setting postern.bearer.enabled.");
            return;
        }
        late.offer(request);
        try {
            SignInBody body = SignInBody.read(request);
            if (body.isRemembered() && !policy.mayBeRemembered()) {
                ErrorAnswer.BAD_REQUEST.write(
                        response,
                        "Sign-ins are not remembered here, so leave out the field remember; see the setting"
                                + " postern.remember.enabled.");
                return;
            }
            signIn(body, request, response);
        } catch (SignInBody.MalformedBodyException e) {
            ErrorAnswer.BAD_REQUEST.write(response, e.sentence());
        } finally {
            late.withdraw(request);
        }
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

    private void signIn(SignInBody body, HttpServletRequest request, HttpServletResponse response) throws IOException {
        AuthenticationStatus status;
        try {
            status = authenticate(body, request, response);
        } catch (PosternException e) {
            ErrorAnswer.unavailable(response);
            return;
        }
        if (status == AuthenticationStatus.SUCCESS) {
            answer(HttpServletResponse.SC_CREATED, request, response);
        } else {
            late.send(request, () -> refuse(request, response));
        }
    }

    private AuthenticationStatus authenticate(
            SignInBody body, HttpServletRequest request, HttpServletResponse response) {
        return security.authenticate(
                request,
                response,
                AuthenticationParameters.withParams()
                        .credential(new UsernamePasswordCredential(body.username(), body.password()))
                        .newAuthentication(true)
                        .rememberMe(body.isRemembered()));
    }

    /** Answers a sign-in that has failed. */
    public static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignInFailure failure = SignInOutcome.failure(request)
                .orElseGet(() -> new SignInFailure(SignInFailure.Reason.WRONG_CREDENTIAL));
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
