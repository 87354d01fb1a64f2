package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.ProvenUser;
import dev.postern.SignInFailure;
import dev.postern.SignInFailure.Reason;
import dev.postern.http.credential.CredentialVerdict;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.IdentityStoreUser;
import dev.postern.http.credential.ProvenCredential;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.user.SessionUser;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/**
 * Signs in the user of a credential that the application hands over with a request. The application writes the
 * response, so a failure leaves the response alone and says why in the request ({@link SignInFailure}). What is no
 * failure of the client is thrown.
 *
 * <p>Safe for concurrent use.
 */
public final class CredentialSignIn {

    private final RequestAuthenticator authenticator;
    private final CredentialVerifier check;

    CredentialSignIn(RequestAuthenticator authenticator, CredentialVerifier check) {
        this.authenticator = authenticator;
        this.check = check;
    }

    AuthenticationStatus signIn(Credential credential, HttpServletResponse response, HttpMessageContext context) {
        HttpServletRequest request = context.getRequest();
        if (!authenticator.mayTravel(request)) {
            return fail(request, new SignInFailure(Reason.PLAIN_HTTP));
        }
        if (credential instanceof ProvenCredential proven) {
            return signIn(proven.user(), response, context);
        }
        CredentialVerdict verdict =
                check.of(credential, authenticator.fromClient(request), () -> authenticator.presented(request));
        if (verdict instanceof CredentialVerdict.Right right) {
            return signIn(right, context.getAuthParameters().isRememberMe(), response, context);
        }
        if (verdict instanceof CredentialVerdict.Unknown unknown) {
            throw unavailable(request, unknown.cause());
        }
        return fail(
                request,
                verdict instanceof CredentialVerdict.TooMany tooMany
                        ? new SignInFailure(Reason.TOO_MANY_FAILURES, tooMany.pause())
                        : new SignInFailure(Reason.WRONG_CREDENTIAL));
    }

    private AuthenticationStatus signIn(ProvenUser user, HttpServletResponse response, HttpMessageContext context) {
        Optional<CredentialVerdict.Right> right;
        try {
            right = check.right(
                    new SessionUser(user.principal().getName(), user.groups(), user.attributes()),
                    IdentityStoreUser.own(user.principal()));
        } catch (PosternException e) {
            throw unavailable(context.getRequest(), e);
        }
        return right.isPresent()
                ? signIn(right.get(), user.isRemembered(), response, context)
                : fail(context.getRequest(), new SignInFailure(Reason.USER_GONE));
    }

    private PosternException unavailable(HttpServletRequest request, PosternException cause) {
        authenticator.fail(request, cause);
        return cause;
    }

    private AuthenticationStatus signIn(
            CredentialVerdict.Right right,
            boolean isRemembered,
            HttpServletResponse response,
            HttpMessageContext context) {
        HttpServletRequest request = context.getRequest();
        RequestLogin login = authenticator.begin(request, response, right, isRemembered);
        if (login instanceof RequestLogin.Unavailable unavailable) {
            throw unavailable.cause();
        }
        if (login instanceof RequestLogin.SignedIn signedIn) {
            return SessionPrincipal.tellContainer(signedIn, right.principal(), context);
        }
        return fail(request, failure(login));
    }

    /** A credential that was right until all sessions of its user were ended is a wrong one by now. */
    private static SignInFailure failure(RequestLogin login) {
        if (!(login instanceof RequestLogin.Refused refused)) {
            return new SignInFailure(Reason.WRONG_CREDENTIAL);
        }
        return refused.retryAfter().isZero()
                ? new SignInFailure(Reason.TOO_MANY_SESSIONS)
                : new SignInFailure(Reason.TOO_MANY_SIGN_INS, refused.retryAfter());
    }

    public static AuthenticationStatus fail(HttpServletRequest request, SignInFailure failure) {
        request.setAttribute(SignInFailure.ATTRIBUTE, failure);
        return AuthenticationStatus.SEND_FAILURE;
    }
}
