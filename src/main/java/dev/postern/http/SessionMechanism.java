package dev.postern.http;

import dev.postern.SignInFailure;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.answer.RequestRejection;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.ProvenCredential;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.CurrentRequest;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.LoginAttribute;
import dev.postern.http.request.PassiveRequests;
import dev.postern.session.request.RequestLogin;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The way in: resumes the session of each request and tells the container who is calling; signs in when the application
 * hands over a credential through {@code SecurityContext.authenticate}, and signs out at
 * {@code HttpServletRequest.logout()}.
 *
 * <p>Cookies are set here, in {@code validateRequest}: later the response may be committed (JS-04). The bean has the
 * type of its interface alone, so that the class can be final and its fields too (D18).
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
@Typed(HttpAuthenticationMechanism.class)
public final class SessionMechanism implements HttpAuthenticationMechanism {

    private final RequestAuthenticator authenticator;
    private final CredentialSignIn signIn;
    private final EndpointPaths endpoints;
    private final PassiveRequests passive;
    private final CrossSiteGuard guard;

    @Inject
    public SessionMechanism(
            RequestAuthenticator authenticator,
            CredentialVerifier check,
            EndpointPaths endpoints,
            PassiveRequests passive,
            CrossSiteGuard guard) {
        this.authenticator = authenticator;
        this.signIn = new CredentialSignIn(authenticator, check);
        this.endpoints = endpoints;
        this.passive = passive;
        this.guard = guard;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        CurrentRequest.Serving serving = CurrentRequest.serve(request, response);
        try {
            return validate(request, response, context);
        } finally {
            serving.end();
        }
    }

    private AuthenticationStatus validate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        AuthenticateCall.of(request).ifPresent(AuthenticateCall::reach);
        if (AuthenticateCall.isAt(AuthenticateCall.Step.RESTORING, request)) {
            return restore(request, context);
        }
        guard.note(request);
        if (authenticator.isAmbiguous(request)) {
            return object(RequestRejection.TWO_CREDENTIALS, request, response);
        }
        Credential credential = context.getAuthParameters().getCredential();
        if (credential != null) {
            return signIn(credential, request, response, context);
        }
        boolean isSignIn = endpoints.isSignIn(request);
        if (!guard.admits(request, response, isSignIn)) {
            return guard.isSignInPath(request)
                    ? answer(LoginAttribute.set(request, new RequestLogin.Anonymous()), response, context)
                    : object(RequestRejection.OTHER_SITE, request, response);
        }
        if (isSignIn) { // the session that the client may have is not to count yet
            return context.doNothing();
        }
        return resume(request, response, context);
    }

    private AuthenticationStatus signIn(
            Credential credential,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context) {
        request.removeAttribute(SignInFailure.ATTRIBUTE);
        try {
            return credential instanceof ProvenCredential || guard.admits(request, response, true)
                    ? signIn.signIn(credential, response, context)
                    : CredentialSignIn.fail(request, new SignInFailure(SignInFailure.Reason.OTHER_SITE));
        } catch (RuntimeException e) {
            return AuthenticateCall.fail(request, e);
        }
    }

    private static AuthenticationStatus restore(HttpServletRequest request, HttpMessageContext context) {
        return LoginAttribute.of(request) instanceof RequestLogin.SignedIn login
                ? SessionPrincipal.tellContainer(login, context)
                : context.doNothing();
    }

    /**
     * A request that lacks the CSRF token of a live session is refused, and leaves no trace in the session. Where that
     * is over, nobody can have a token, and nothing is done in anybody's name.
     */
    private AuthenticationStatus resume(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        boolean isProven = guard.isProven(request);
        RequestLogin login = authenticator.resume(request, response, isPassive(request) || !isProven);
        if (isProven || login instanceof RequestLogin.Anonymous) {
            return answer(login, response, context);
        }
        if (login instanceof RequestLogin.Unavailable) {
            return refuse(ErrorAnswer.Headers.unavailable(response), request, response);
        }
        LoginAttribute.set(request, new RequestLogin.Anonymous());
        return object(RequestRejection.NO_CSRF_TOKEN, request, response);
    }

    private boolean isPassive(HttpServletRequest request) {
        return endpoints.isStatusOrSignOut(request) || passive.include(request);
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!AuthenticateCall.isAt(AuthenticateCall.Step.FORGETTING, request)) {
            authenticator.end(request, response);
        }
        context.cleanClientSubject();
    }

    private static AuthenticationStatus answer(
            RequestLogin login, HttpServletResponse response, HttpMessageContext context) {
        if (login instanceof RequestLogin.SignedIn signedIn) {
            return SessionPrincipal.tellContainer(signedIn, context);
        }
        if (!isUserRequired(context)) {
            return context.doNothing();
        }
        int status = login instanceof RequestLogin.Unavailable
                ? ErrorAnswer.Headers.unavailable(response)
                : ErrorAnswer.Headers.challenge(login, response);
        return refuse(status, context.getRequest(), response);
    }

    private static boolean isUserRequired(HttpMessageContext context) {
        return (context.isProtected() || context.isAuthenticationRequest())
                && context.getRequest().getAttribute(RequestLogin.ADMITTED) == null;
    }

    private static AuthenticationStatus object(
            RequestRejection rejection, HttpServletRequest request, HttpServletResponse response) {
        Cors.share(request, response);
        return rejection.answer(response);
    }

    private static AuthenticationStatus refuse(int status, HttpServletRequest request, HttpServletResponse response) {
        try {
            Cors.claim(request);
            Cors.share(request, response);
            response.sendError(status);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
