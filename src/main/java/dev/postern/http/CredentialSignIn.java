package dev.postern.http;

import dev.postern.session.Login;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Signs in whoever a credential proves that was handed over with a request. Whoever handed it over writes the response, so a
 * refusal here is a status and no more.
 *
 * <p>Safe for concurrent use.
 */
final class CredentialSignIn {

    private final Logins logins;
    private final CredentialCheck check;

    CredentialSignIn(Logins logins, CredentialCheck check) {
        this.logins = logins;
        this.check = check;
    }

    AuthenticationStatus signIn(Credential credential, HttpServletResponse response, HttpMessageContext context) {
        HttpServletRequest request = context.getRequest();
        if (!logins.mayTravel(request)) {
            return forbid(response);
        }
        Verdict verdict = check.of(credential, logins.fromClient(request), () -> logins.presented(request));
        if (!(verdict instanceof Verdict.Right right)) {
            return refuse(status(verdict, request, response), response);
        }
        boolean isRemembered = context.getAuthParameters().isRememberMe();
        Login login = logins.begin(request, response, right, isRemembered);
        return login instanceof Login.SignedIn signedIn
                ? SessionPrincipal.tellContainer(signedIn, context)
                : refuse(status(login, response), response);
    }

    /** For a request that may not sign anybody in. */
    static AuthenticationStatus forbid(HttpServletResponse response) {
        return refuse(HttpServletResponse.SC_FORBIDDEN, response);
    }

    private static int status(Login refused, HttpServletResponse response) {
        return refused instanceof Login.Refused ? Refusal.AT_LIMIT : Refusal.unavailable(response);
    }

    private int status(Verdict verdict, HttpServletRequest request, HttpServletResponse response) {
        if (verdict instanceof Verdict.TooMany tooMany) {
            return Refusal.tooMany(request, response, tooMany.pause());
        }
        if (verdict instanceof Verdict.Unknown unknown) {
            logins.fail(request, unknown.cause());
            return Refusal.unavailable(response);
        }
        return Refusal.challenge(response);
    }

    private static AuthenticationStatus refuse(int status, HttpServletResponse response) {
        response.setStatus(status);
        return AuthenticationStatus.SEND_FAILURE;
    }
}
