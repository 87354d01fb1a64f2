package dev.postern.http;

import dev.postern.session.Login;
import dev.postern.session.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The way in: resumes the session of each request and tells the container who is calling; signs in when the application
 * hands over a credential through {@code SecurityContext.authenticate}, and signs out at
 * {@code HttpServletRequest.logout()}.
 *
 * <p>Cookies are set here, in {@code validateRequest}: later the response may be committed (JS-04). The bean has the type
 * of its interface alone, so that the class can be final and its fields too (D18).
 *
 * <p>Safe for concurrent use.
 */
@ApplicationScoped
@Typed(HttpAuthenticationMechanism.class)
public final class SessionMechanism implements HttpAuthenticationMechanism {

    private final Logins logins;
    private final IdentityStoreHandler stores;
    private final EndpointPaths endpoints;
    private final PassiveRequests passive;
    private final CrossSiteGuard guard;

    @Inject
    public SessionMechanism(
            Logins logins,
            IdentityStoreHandler stores,
            EndpointPaths endpoints,
            PassiveRequests passive,
            CrossSiteGuard guard) {
        this.logins = logins;
        this.stores = stores;
        this.endpoints = endpoints;
        this.passive = passive;
        this.guard = guard;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        Credential credential = context.getAuthParameters().getCredential();
        boolean isSignIn = endpoints.isSignIn(request);
        boolean isAdmitted = guard.admits(request, response, isSignIn || credential != null);
        if (credential != null) {
            return isAdmitted ? signIn(credential, response, context) : forbid(response);
        }
        if (!isAdmitted) {
            return refuseOtherSite(response);
        }
        if (isSignIn) { // WildFly asks nobody again once it knows a user
            return context.doNothing();
        }
        return answer(logins.resume(request, response, isPassive(request)), response, context);
    }

    private boolean isPassive(HttpServletRequest request) {
        return endpoints.isStatusOrSignOut(request) || passive.include(request);
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        logins.end(request, response);
        context.cleanClientSubject();
    }

    /** Whoever handed the credential over writes the response, so a refusal here is a status and no more. */
    private AuthenticationStatus signIn(
            Credential credential, HttpServletResponse response, HttpMessageContext context) {
        if (!logins.mayTravel(context.getRequest())) {
            return forbid(response);
        }
        CredentialValidationResult result = stores.validate(credential);
        if (result.getStatus() == CredentialValidationResult.Status.NOT_VALIDATED) {
            throw new IllegalStateException("This application has no identity store that takes a "
                    + credential.getClass().getName() + ".");
        }
        if (result.getStatus() != CredentialValidationResult.Status.VALID) {
            logins.fail(credential);
            response.setStatus(Refusal.challenge(response));
            return AuthenticationStatus.SEND_FAILURE;
        }
        User user = new User(result.getCallerPrincipal().getName(), result.getCallerGroups(), Map.of());
        boolean isRemembered = context.getAuthParameters().isRememberMe();
        Login login = logins.begin(context.getRequest(), response, user, isRemembered);
        if (login instanceof Login.SignedIn signedIn) {
            return tellContainer(signedIn, context);
        }
        response.setStatus(login instanceof Login.Refused ? Refusal.AT_LIMIT : Refusal.unavailable(response));
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static AuthenticationStatus forbid(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        return AuthenticationStatus.SEND_FAILURE;
    }

    private static AuthenticationStatus answer(Login login, HttpServletResponse response, HttpMessageContext context) {
        if (login instanceof Login.SignedIn signedIn) {
            return tellContainer(signedIn, context);
        }
        if (!isUserRequired(context)) {
            return context.doNothing();
        }
        int status = login instanceof Login.Unavailable ? Refusal.unavailable(response) : Refusal.challenge(response);
        return refuse(status, response);
    }

    private static boolean isUserRequired(HttpMessageContext context) {
        return (context.isProtected() || context.isAuthenticationRequest())
                && context.getRequest().getAttribute(Login.ADMITTED) == null;
    }

    private static AuthenticationStatus tellContainer(Login.SignedIn login, HttpMessageContext context) {
        User user = login.live().row().user();
        try {
            return context.notifyContainerAboutLogin(new SessionPrincipal(login.live()), user.roles());
        } catch (IllegalStateException e) {
            throw IntegratedJaspi.explained(e);
        }
    }

    /** Before anybody looks at who is calling. WildFly puts a page of its own in the place of what is not on its way. */
    private static AuthenticationStatus refuseOtherSite(HttpServletResponse response) {
        try {
            Problem.FORBIDDEN.write(
                    response,
                    "This request may come from another site's page. Those of other origins need the setting"
                            + " postern.cross-site.trusted-origins; a client that is no browser sends the header Origin.");
            response.flushBuffer();
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AuthenticationStatus refuse(int status, HttpServletResponse response) {
        try {
            response.sendError(status);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
