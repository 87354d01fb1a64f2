package dev.postern.http;

import dev.postern.ProvenUser;
import dev.postern.ProviderLogin;
import dev.postern.Session;
import dev.postern.SignIn;
import dev.postern.SignInFailure;
import dev.postern.http.credential.CompletingCredential;
import dev.postern.http.credential.ProvenCredential;
import dev.postern.http.request.CurrentRequest;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.LiveSession;
import dev.postern.session.request.RequestLogin;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.Credential;
import jakarta.servlet.ServletException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The application's {@link SignIn}. It signs in through the container and the mechanism, like any sign-in, so that the
 * container knows the caller.
 *
 * <p>Safe for concurrent use: it uses the request of the calling thread.
 */
public final class RequestSignIn implements SignIn {

    private final SecurityContext security;
    private final Optional<String> issuer;
    private final Supplier<RequestAuthenticator> authenticator;
    private final Supplier<SignOut> signOut;
    private final Supplier<SecondFactorSignIn> second;

    /**
     * Signs in by the security context.
     *
     * @param issuer the identity provider that can end sessions, if one can
     */
    public RequestSignIn(
            SecurityContext security,
            Optional<String> issuer,
            Supplier<RequestAuthenticator> authenticator,
            Supplier<SignOut> signOut,
            Supplier<SecondFactorSignIn> second) {
        this.security = security;
        this.issuer = issuer;
        this.authenticator = authenticator;
        this.signOut = signOut;
        this.second = second;
    }

    @Override
    public Result begin(ProvenUser user) {
        requireEndable(user);
        return authenticate(new ProvenCredential(user), user.isRemembered());
    }

    /** A logout at another provider would not reach the session. */
    private void requireEndable(ProvenUser user) {
        Optional<String> proven = ProviderLogin.in(user.attributes()).map(ProviderLogin::issuer);
        if (issuer.isPresent() && proven.isPresent() && !proven.equals(issuer)) {
            throw new IllegalStateException("The user was proven by the provider '" + proven.get()
                    + "', which could not end the session: postern.back-channel-logout.issuer is '" + issuer.get()
                    + "'.");
        }
    }

    @Override
    public Optional<ProvenUser> halfWay() {
        return CurrentRequest.get().flatMap(served -> second.get().user(served.request()));
    }

    @Override
    public Result complete(BooleanSupplier check, String... methods) {
        return authenticate(new CompletingCredential(check, methods), false);
    }

    private Result authenticate(Credential credential, boolean isRemembered) {
        CurrentRequest served = required();
        if (served.response().isCommitted()) {
            throw new IllegalStateException("Sign in before the response is written: its headers carry the token.");
        }
        AuthenticationStatus status = security.authenticate(
                served.request(),
                served.response(),
                AuthenticationParameters.withParams()
                        .credential(credential)
                        .newAuthentication(true)
                        .rememberMe(isRemembered));
        return status == AuthenticationStatus.SUCCESS ? Result.SIGNED_IN : refusal();
    }

    private Result refusal() {
        SignInFailure failure = failure()
                .orElseThrow(() -> new IllegalStateException(
                        "The server has not called Postern's mechanism. Sign in from a servlet, a resource or a"
                                + " page, not from a filter before Postern's."));
        return switch (failure.reason()) {
            case USER_GONE -> Result.USER_GONE;
            case TOO_MANY_SIGN_INS -> Result.TOO_MANY_SIGN_INS;
            case TOO_MANY_SESSIONS -> Result.TOO_MANY_SESSIONS;
            case PLAIN_HTTP -> Result.PLAIN_HTTP;
            case WRONG_CREDENTIAL -> Result.WRONG_FACTOR;
            case TOO_MANY_FAILURES -> Result.TOO_MANY_FAILURES;
            case OTHER_SITE -> Result.OTHER_SITE;
            case SECOND_FACTOR -> Result.SECOND_FACTOR;
            case NOT_HALF_WAY -> Result.NOT_HALF_WAY;
        };
    }

    @Override
    public Optional<Session> fetch() {
        return CurrentRequest.get()
                .map(served -> authenticator.get().resume(served.request(), served.response(), () -> false))
                .flatMap(RequestLogin::session)
                .map(LiveSession::toSession);
    }

    @Override
    public void end() {
        CurrentRequest served = required();
        try {
            signOut.get().signOut(served.request(), served.response());
        } catch (ServletException e) {
            throw new IllegalStateException("The server could not sign out.", e);
        }
        if (UnwrappedRequest.login(served.request()) instanceof RequestLogin.Unavailable broken) {
            throw broken.cause();
        }
    }

    @Override
    public Optional<SignInFailure> failure() {
        return CurrentRequest.get().flatMap(served -> SignInOutcome.failure(served.request()));
    }

    private static CurrentRequest required() {
        return CurrentRequest.get()
                .orElseThrow(() -> new IllegalStateException(
                        "This thread serves no request, so there is no client that could be signed in or out."));
    }
}
