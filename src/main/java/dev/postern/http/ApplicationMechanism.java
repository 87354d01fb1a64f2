package dev.postern.http;

import dev.postern.ProvenUser;
import dev.postern.SignInFailure;
import dev.postern.http.credential.ProvenCredential;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.server.UserRefusedException;
import dev.postern.session.request.RequestLogin;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The authentication mechanism that the application brings beside ours, if it brings one. It is asked who a caller
 * without a session is, and a session begins for the caller whom it proves. Its answers and exceptions go to the server
 * as they are.
 *
 * <p>Safe for concurrent use.
 */
public final class ApplicationMechanism {

    /** Where a mechanism asks the server to remember the caller, which would outlive the session (JS-01). */
    private static final String REGISTER_SESSION = "jakarta.servlet.http.registerSession";

    private final Optional<HttpAuthenticationMechanism> mechanism;
    private final boolean isRemembering;
    private final CredentialSignIn signIn;
    private final CrossSiteGuard guard;
    private final UnaryOperator<ProvenUser> provider;

    /**
     * A mechanism of the application.
     *
     * @param mechanism empty if the application has none
     * @param isRemembering whether each of its sign-ins asks to be remembered
     * @param provider notes with a proven user which identity provider can end the session, if one can
     */
    public ApplicationMechanism(
            Optional<HttpAuthenticationMechanism> mechanism,
            boolean isRemembering,
            CredentialSignIn signIn,
            CrossSiteGuard guard,
            UnaryOperator<ProvenUser> provider) {
        this.mechanism = mechanism;
        this.isRemembering = isRemembering;
        this.signIn = signIn;
        this.guard = guard;
        this.provider = provider;
    }

    /** Whether the application has one. Then it is the only way to sign in with a credential. */
    public boolean isPresent() {
        return mechanism.isPresent();
    }

    /**
     * Asks who is calling. A session begins if the mechanism names a caller and either succeeds or redirects.
     *
     * @throws AuthenticationException by the mechanism; then no session has begun, unless it has redirected before
     * @throws UserRefusedException if the server refuses the caller; then the session is taken back
     */
    AuthenticationStatus ask(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        MechanismCall call = MechanismCall.signingIn(
                request,
                response,
                context,
                isRemembering,
                user -> signIn(user, request, response),
                name -> signIn.isHalfWay(request, name));
        AuthenticationStatus status = ask(call, context);
        try {
            return call.end(status);
        } catch (UserRefusedException e) {
            call.begun().ifPresent(signedIn -> signIn.takeBack(signedIn, request, response));
            throw e;
        }
    }

    /** The token goes with the next answer, which may be a redirect that comes before the server is told. */
    private SignInOutcome signIn(ProvenUser user, HttpServletRequest request, HttpServletResponse response) {
        if (!guard.admits(request, response, true)) {
            return new SignInOutcome.Failed(SignInFailure.Reason.OTHER_SITE);
        }
        try {
            ProvenCredential proven = new ProvenCredential(provider.apply(user));
            SignInOutcome outcome = signIn.signIn(proven, request, response, user.isRemembered());
            if (outcome instanceof SignInOutcome.SignedIn signedIn) {
                signIn.send(signedIn, request, response);
            }
            return outcome;
        } catch (IllegalStateException e) {
            return new SignInOutcome.Undecided(e);
        }
    }

    /** Lets the mechanism finish what it began before it proved the caller, who has a session by now. */
    AuthenticationStatus goOn(
            RequestLogin.SignedIn login,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context)
            throws AuthenticationException {
        MechanismCall call = MechanismCall.goingOn(login, request, response, context);
        return call.end(ask(call, context));
    }

    private AuthenticationStatus ask(MechanismCall call, HttpMessageContext context) throws AuthenticationException {
        try {
            return mechanism.orElseThrow().validateRequest(call.request(), call.response(), call);
        } finally {
            call.close();
            context.getMessageInfo().getMap().remove(REGISTER_SESSION);
        }
    }

    /** Lets the mechanism see the answer to a request for which it was asked. */
    AuthenticationStatus secureResponse(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        return mechanism.isPresent() && MechanismCall.hasBeen(request)
                ? mechanism.get().secureResponse(request, response, context)
                : AuthenticationStatus.SUCCESS;
    }

    /**
     * Lets the mechanism forget the caller too. It may write the answer, a redirect to an identity provider for
     * instance.
     */
    void forget(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        mechanism.ifPresent(own -> own.cleanSubject(request, response, context));
    }
}
