package dev.postern.http;

import dev.postern.SignInFailure;
import dev.postern.http.ApplicationRequest.AuthenticateCall;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.answer.RequestRejection;
import dev.postern.http.credential.CompletingCredential;
import dev.postern.http.credential.ProvenCredential;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.CurrentRequest;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.LoginLink;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.server.UserRefusedException;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.credential.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Tells the container who is calling. It resumes the session of each request, signs in when the application hands over
 * a credential through {@code SecurityContext.authenticate}, and signs out at {@code HttpServletRequest.logout()}.
 *
 * <table>
 *   <caption>The way of a request in eight stations</caption>
 *   <tr><td>1</td><td>{@link SessionMechanism}</td><td>The container asks: who is calling?</td></tr>
 *   <tr><td>2</td><td>{@link CrossSiteGuard}</td>
 *       <td>May this request act in the name of a user at all?</td></tr>
 *   <tr><td>3</td><td>{@link RequestAuthenticator}, {@link TokenTransport}</td>
 *       <td>Which token does it carry?</td></tr>
 *   <tr><td>4</td><td>{@code SessionKeeper}, {@code SessionCopies}, {@code TokenMint}</td>
 *       <td>Does a copy of this node recognise it? That is all then. Else: did this cluster issue it? With a wrong tag
 *       nothing is looked up in the grid.</td></tr>
 *   <tr><td>5</td><td>{@code SessionResumer}, {@code UnitOfWork}, {@code HazelcastCredentialsCache}</td>
 *       <td>What does its row say? One read.</td></tr>
 *   <tr><td>6</td><td>{@code Rotation}</td><td>What follows from token, row and time? A pure function.</td></tr>
 *   <tr><td>7</td><td>{@code UnitOfWork}, {@code ResumeRefusals}</td>
 *       <td>Write a touch, a successor or a confirmation; or refuse.</td></tr>
 *   <tr><td>8</td><td>{@link RequestLogin}</td>
 *       <td>The result, in an attribute of the request. {@link SessionPrincipal}, {@code rest.access.AccessFilter} and
 *       {@code cdi.bean.RequestUser} read it.</td></tr>
 * </table>
 *
 * <p>The server asks this mechanism in place of the application's own, if there is one. The {@link
 * ApplicationMechanism} is asked about callers without a session.
 *
 * <p>Cookies are set in {@code validateRequest}: later the response may be committed (JS-04). The only type of the bean
 * is its interface, so that the class and its fields can be final (D18).
 *
 * <p>Safe for concurrent use.
 */
@Alternative
@Priority(Integer.MAX_VALUE)
@ApplicationScoped
@Typed(HttpAuthenticationMechanism.class)
public final class SessionMechanism implements HttpAuthenticationMechanism {

    private final RequestAuthenticator authenticator;
    private final CredentialSignIn signIn;
    private final SignOut signOut;
    private final EndpointPaths endpoints;
    private final PassiveRequests passive;
    private final CrossSiteGuard guard;
    private final TokenTransport transport;
    private final ApplicationMechanism own;

    @Inject
    public SessionMechanism(
            RequestAuthenticator authenticator,
            CredentialSignIn signIn,
            SignOut signOut,
            EndpointPaths endpoints,
            PassiveRequests passive,
            CrossSiteGuard guard,
            TokenTransport transport,
            ApplicationMechanism own) {
        this.authenticator = authenticator;
        this.signIn = signIn;
        this.signOut = signOut;
        this.endpoints = endpoints;
        this.passive = passive;
        this.guard = guard;
        this.transport = transport;
        this.own = own;
    }

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        CurrentRequest.Serving serving = CurrentRequest.serve(request, response);
        try {
            return validate(request, response, context);
        } finally {
            serving.end();
        }
    }

    private AuthenticationStatus validate(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        AuthenticateCall.of(request).ifPresent(AuthenticateCall::reach);
        if (AuthenticateCall.isAt(AuthenticateCall.Step.RESTORING, request)) {
            return restore(request, context);
        }
        if (endpoints.isOfProvider(request)) { // no caller matters to it, and its body is not for other mechanisms
            RequestLogin login = UnwrappedRequest.setLogin(request, new RequestLogin.Anonymous());
            return context.isProtected() ? refuse(login, request, response) : context.doNothing();
        }
        guard.note(request);
        LoginLink.note(request, endpoints);
        signIn.noteHalfWay(request);
        if (transport.isAmbiguous(request)) {
            return reject(RequestRejection.TWO_CREDENTIALS, request, response);
        }
        Credential credential = context.getAuthParameters().getCredential();
        if (own.isPresent() && isOwnBusiness(context.getAuthParameters())) {
            SignInOutcome.clear(request);
            return ask(request, response, context);
        }
        if (credential != null) {
            return signIn(credential, request, response, context);
        }
        boolean isSignIn = endpoints.isSignIn(request);
        if (!guard.admits(request, response, isSignIn)) {
            return guard.isSignInPath(request)
                    ? answer(
                            UnwrappedRequest.setLogin(request, new RequestLogin.Anonymous()),
                            request,
                            response,
                            context)
                    : reject(RequestRejection.OTHER_SITE, request, response);
        }
        if (isSignIn) { // a session that the client already has does not matter to it
            return context.doNothing();
        }
        return resume(request, response, context);
    }

    /** Whether a call of the application is for its own mechanism: about a credential, or for another caller. */
    private static boolean isOwnBusiness(AuthenticationParameters parameters) {
        Credential credential = parameters.getCredential();
        return credential == null
                ? parameters.isNewAuthentication()
                : !(credential instanceof ProvenCredential || credential instanceof CompletingCredential);
    }

    private AuthenticationStatus signIn(
            Credential credential,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context) {
        SignInOutcome.clear(request);
        SignInOutcome outcome = credential instanceof ProvenCredential || guard.admits(request, response, true)
                ? signIn.signIn(
                        credential,
                        request,
                        response,
                        context.getAuthParameters().isRememberMe())
                : new SignInOutcome.Failed(SignInFailure.Reason.OTHER_SITE);
        AuthenticationStatus status = AuthenticationStatus.SEND_FAILURE;
        if (outcome instanceof SignInOutcome.SignedIn signedIn) {
            try {
                status = SessionPrincipal.tellContainer(signedIn.login(), signedIn.principal(), context);
                signIn.send(signedIn, request, response);
            } catch (RuntimeException e) {
                signIn.takeBack(signedIn, request, response);
                outcome = new SignInOutcome.Undecided(e);
            }
        }
        if (outcome instanceof SignInOutcome.Undecided undecided
                && AuthenticateCall.of(request).isEmpty()) {
            throw undecided.cause();
        }
        outcome.leaveIn(request);
        return status;
    }

    private static AuthenticationStatus restore(HttpServletRequest request, HttpMessageContext context) {
        return UnwrappedRequest.login(request) instanceof RequestLogin.SignedIn login
                ? SessionPrincipal.tellContainer(login, context)
                : context.doNothing();
    }

    /**
     * Refuses a request that lacks the CSRF token of a live session, and leaves no trace in the session. Without a live
     * session there is no token that the request could bring, and it goes on as an anonymous one.
     */
    private AuthenticationStatus resume(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        boolean isProven = guard.isProven(request);
        RequestLogin login = authenticator.resume(request, response, () -> !isProven || isPassive(request));
        if (isProven || login instanceof RequestLogin.Anonymous) {
            return answer(login, request, response, context);
        }
        if (login instanceof RequestLogin.Unavailable) {
            return refuse(login, request, response);
        }
        UnwrappedRequest.setLogin(request, new RequestLogin.Anonymous());
        return reject(RequestRejection.NO_CSRF_TOKEN, request, response);
    }

    private boolean isPassive(HttpServletRequest request) {
        return endpoints.isPassive(request) || passive.include(request);
    }

    @Override
    public void cleanSubject(HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
        if (!AuthenticateCall.isAt(AuthenticateCall.Step.FORGETTING, request)) {
            signOut.end(request, response, () -> own.forget(request, response, context));
        }
        context.cleanClientSubject();
    }

    @Override
    public AuthenticationStatus secureResponse(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        return own.secureResponse(request, response, context);
    }

    private AuthenticationStatus answer(
            RequestLogin login, HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        if (login instanceof RequestLogin.SignedIn signedIn) {
            try {
                return own.isPresent() && SavedRequest.isAwaited(request)
                        ? own.goOn(signedIn, request, response, context)
                        : SessionPrincipal.tellContainer(signedIn, context);
            } catch (UserRefusedException e) { // the session is good, and other nodes may take it
                return answer(
                        UnwrappedRequest.setLogin(request, new RequestLogin.Unavailable(e)),
                        request,
                        response,
                        context);
            }
        }
        boolean isAdmitted = request.getAttribute(RequestLogin.ADMITTED) != null;
        if (login instanceof RequestLogin.Anonymous && own.isPresent() && !isAdmitted) {
            return isUserRequired(context) && !guard.admits(request, response, true)
                    ? reject(RequestRejection.OTHER_SITE, request, response)
                    : ask(request, response, context);
        }
        boolean isRefused = !isAdmitted && (isUserRequired(context) || isLoginForm(request));
        return isRefused ? refuse(login, request, response) : context.doNothing();
    }

    /** Asks the application's own mechanism. The call of an application gets no answer: it writes that itself. */
    private AuthenticationStatus ask(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        try {
            return own.ask(request, response, context);
        } catch (UserRefusedException e) {
            if (AuthenticateCall.of(request).isEmpty()) {
                return refuse(new RequestLogin.Unavailable(e), request, response);
            }
            new SignInOutcome.Undecided(e).leaveIn(request);
            return AuthenticationStatus.SEND_FAILURE;
        }
    }

    /**
     * Whether the server requires a user. Then a mechanism may keep the request, and carry it out after the sign-in
     * (JS-13).
     */
    private static boolean isUserRequired(HttpMessageContext context) {
        return context.isProtected() || context.isAuthenticationRequest();
    }

    /** Whether the form of the Servlet specification is sent, which no servlet answers. */
    private boolean isLoginForm(HttpServletRequest request) {
        return own.isPresent() && request.getRequestURI().endsWith("/j_security_check");
    }

    private static AuthenticationStatus reject(
            RequestRejection rejection, HttpServletRequest request, HttpServletResponse response) {
        Cors.share(request, response);
        return rejection.answer(response);
    }

    private static AuthenticationStatus refuse(
            RequestLogin login, HttpServletRequest request, HttpServletResponse response) {
        try {
            Cors.claim(request);
            Cors.share(request, response);
            return ErrorAnswer.send(AccessError.of(login, false), login, request, response)
                    ? AuthenticationStatus.SEND_CONTINUE
                    : AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
