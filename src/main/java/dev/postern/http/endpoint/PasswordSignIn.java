package dev.postern.http.endpoint;

import dev.postern.PosternException;
import dev.postern.SignInFailure;
import dev.postern.http.SignInOutcome;
import dev.postern.http.credential.DelayedAnswers;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.transport.TokenTransport;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A sign-in with the user name and the password in the body of a request. Endpoint and login page do the same and
 * answer differently.
 *
 * <p>Safe for concurrent use.
 */
public final class PasswordSignIn {

    private final SecurityContext security;
    private final TokenTransport transport;
    private final SignInPolicy policy;
    private final CrossSiteGuard guard;
    private final DelayedAnswers late;

    public PasswordSignIn(
            SecurityContext security,
            TokenTransport transport,
            SignInPolicy policy,
            CrossSiteGuard guard,
            DelayedAnswers late) {
        this.security = security;
        this.transport = transport;
        this.policy = policy;
        this.guard = guard;
        this.late = late;
    }

    /**
     * What is answered. One of these is called once for each request; {@link #failed} perhaps later, on a thread of
     * ours.
     */
    public interface Answers {

        /** The user is signed in, and the login is in the request. */
        void signedIn() throws IOException;

        /** The sign-in has failed. */
        void failed(SignInFailure failure) throws IOException;

        /** The request cannot be used, and this sentence says why. */
        void malformed(String sentence) throws IOException;

        /** The cluster does not answer. */
        void unavailable() throws IOException;
    }

    /** Signs in, and calls one of the answers. */
    public void signIn(HttpServletRequest request, HttpServletResponse response, Answers answers) throws IOException {
        if (!guard.admits(request, response, true)) {
            answers.failed(new SignInFailure(SignInFailure.Reason.OTHER_SITE));
            return;
        }
        if (!transport.mayTravel(request)) {
            answers.failed(new SignInFailure(SignInFailure.Reason.PLAIN_HTTP));
            return;
        }
        if (transport.isAskedInVain(request)) {
            answers.malformed("Bearer tokens are off; see the setting postern.bearer.enabled.");
            return;
        }
        late.offer(request);
        try {
            SignInBody body = SignInBody.read(request);
            if (body.isRemembered() && !policy.mayBeRemembered()) {
                answers.malformed("Sign-ins are not remembered here, so leave out the field remember; see the setting"
                        + " postern.remember.enabled.");
                return;
            }
            signIn(body, request, response, answers);
        } catch (FormBody.MalformedBodyException e) {
            answers.malformed(e.sentence());
        } finally {
            late.withdraw(request);
        }
    }

    private void signIn(SignInBody body, HttpServletRequest request, HttpServletResponse response, Answers answers)
            throws IOException {
        AuthenticationStatus status;
        try {
            status = security.authenticate(
                    request,
                    response,
                    AuthenticationParameters.withParams()
                            .credential(new UsernamePasswordCredential(body.username(), body.password()))
                            .newAuthentication(true)
                            .rememberMe(body.isRemembered()));
        } catch (PosternException e) {
            answers.unavailable();
            return;
        }
        if (status == AuthenticationStatus.SUCCESS) {
            answers.signedIn();
        } else {
            SignInFailure failure = failure(request);
            late.send(request, () -> answers.failed(failure));
        }
    }

    /** Why the sign-in of this request has failed. */
    private static SignInFailure failure(HttpServletRequest request) {
        return SignInOutcome.failure(request).orElseGet(() -> new SignInFailure(SignInFailure.Reason.WRONG_CREDENTIAL));
    }
}
