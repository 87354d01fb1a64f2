package dev.postern.http;

import dev.postern.ProvenUser;
import dev.postern.SignInFailure;
import dev.postern.http.ApplicationRequest.AuthenticateCall;
import dev.postern.http.answer.ErrorAnswer;
import dev.postern.http.credential.IdentityStoreUser;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.AccessError;
import dev.postern.session.request.RequestLogin;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContextWrapper;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One call of the application's own mechanism: the message context, the request and the response that it sees, and the
 * session that begins by it. What the mechanism says of the caller reaches the server only when its answer is known.
 *
 * <table>
 *   <caption>When a session begins</caption>
 *   <tr><td>the mechanism has named a caller, and returns {@code SUCCESS}</td><td>on its return</td></tr>
 *   <tr><td>it has named a caller, and redirects or forwards</td>
 *       <td>just before, because headers are sent then</td></tr>
 *   <tr><td>it has named a caller, and returns {@code SEND_CONTINUE}</td><td>on its return</td></tr>
 *   <tr><td>it has named a caller who is half-way already, and returns {@code SUCCESS}</td>
 *       <td>none begins: the request is anonymous. So a mechanism that proves each request leaves the way to the second
 *       factor open</td></tr>
 *   <tr><td>it returns {@code SEND_FAILURE} or {@code NOT_DONE}, takes back what it said, or throws</td>
 *       <td>none begins, unless it has redirected before</td></tr>
 * </table>
 *
 * <p>If a caller is refused, the container's session ends too: Soteria keeps there what a login form has proven, and
 * would bring it again later.
 *
 * <p>For one request thread.
 */
final class MechanismCall extends HttpMessageContextWrapper {

    private static final String ATTRIBUTE = "dev.postern.mechanism-asked";

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AskedRequest asked;
    private final WatchedResponse watched;
    private final boolean isGoingOn;
    private final boolean isRemembering;
    private final Function<ProvenUser, SignInOutcome> begin;
    private final Predicate<String> isHalfWay;
    private Optional<Proof> proof = Optional.empty();
    private Optional<SignInOutcome> outcome;

    /** The caller, as the mechanism named it last. */
    private record Proof(Principal principal, Set<String> groups, Map<String, String> attributes) {}

    private MechanismCall(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context,
            boolean isRemembering,
            Optional<SignInOutcome> outcome,
            Function<ProvenUser, SignInOutcome> begin,
            Predicate<String> isHalfWay) {
        super(context);
        this.request = request;
        this.response = response;
        this.asked = new AskedRequest(request);
        this.watched = new WatchedResponse(response);
        this.isRemembering = isRemembering;
        this.isGoingOn = outcome.isPresent();
        this.outcome = outcome;
        this.begin = begin;
        this.isHalfWay = isHalfWay;
        UnwrappedRequest.of(request).setAttribute(ATTRIBUTE, true);
    }

    /** A call for a caller who is to be signed in. */
    static MechanismCall signingIn(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context,
            boolean isRemembering,
            Function<ProvenUser, SignInOutcome> begin,
            Predicate<String> isHalfWay) {
        return new MechanismCall(request, response, context, isRemembering, Optional.empty(), begin, isHalfWay);
    }

    /** A call for a caller who has a session. */
    static MechanismCall goingOn(
            RequestLogin.SignedIn login,
            HttpServletRequest request,
            HttpServletResponse response,
            HttpMessageContext context) {
        SignInOutcome known = new SignInOutcome.SignedIn(login, Optional.empty());
        return new MechanismCall(request, response, context, false, Optional.of(known), user -> known, name -> false);
    }

    /** Whether the application's mechanism was asked in this request. */
    static boolean hasBeen(HttpServletRequest request) {
        return UnwrappedRequest.of(request).getAttribute(ATTRIBUTE) != null;
    }

    /** The request for the mechanism. */
    HttpServletRequest request() {
        return asked;
    }

    /** The response for the mechanism. */
    HttpServletResponse response() {
        return watched;
    }

    /** The mechanism has returned. A request that it has wrapped is an ordinary one from now on. */
    void close() {
        asked.end();
    }

    /** The answer for the server to what the mechanism has returned. */
    AuthenticationStatus end(AuthenticationStatus status) {
        if (status == AuthenticationStatus.SUCCESS && isStillHalfWay()) {
            return goOnHalfWay();
        }
        if (status == AuthenticationStatus.SUCCESS) {
            settle();
        } else if (status == AuthenticationStatus.SEND_CONTINUE) {
            leave();
        }
        if (outcome.isEmpty()) {
            return status;
        }
        if (!(outcome.get() instanceof SignInOutcome.SignedIn signedIn)) {
            return AuthenticationStatus.SEND_FAILURE;
        }
        boolean isLetIn =
                status == AuthenticationStatus.SUCCESS || (isGoingOn && status == AuthenticationStatus.NOT_DONE);
        return isLetIn ? SessionPrincipal.tellContainer(signedIn.login(), signedIn.principal(), getWrapped()) : status;
    }

    /** The session that has begun by this call; empty if none has. */
    Optional<SignInOutcome.SignedIn> begun() {
        return outcome.filter(SignInOutcome.SignedIn.class::isInstance).map(SignInOutcome.SignedIn.class::cast);
    }

    private boolean isStillHalfWay() {
        return outcome.isEmpty()
                && AuthenticateCall.of(request).isEmpty()
                && proof.filter(proven -> isHalfWay.test(proven.principal().getName()))
                        .isPresent();
    }

    /** The sign-in that the client has goes on: another one would have no attempts behind it. */
    private AuthenticationStatus goOnHalfWay() {
        if (isProtected() || isAuthenticationRequest()) {
            refuse(new SignInOutcome.Failed(SignInFailure.Reason.SECOND_FACTOR));
            return AuthenticationStatus.SEND_FAILURE;
        }
        return doNothing();
    }

    /**
     * Settles before the client is sent elsewhere, unless that is the page for a form that was refused.
     *
     * @return false if the caller is refused, so that the mechanism cannot go on
     */
    private boolean leave() {
        return SavedRequest.isWithoutProof(request) || settle();
    }

    /**
     * Begins the session of the caller whom the mechanism has named, once. Writes the answer if the caller is refused.
     * The call of an application gets none: it writes the answer itself.
     *
     * @return false if the caller is refused, so that the mechanism cannot go on
     */
    private boolean settle() {
        if (outcome.isEmpty() && proof.isPresent()) {
            Proof proven = proof.get();
            boolean isAskedFor = isRemembering || getAuthParameters().isRememberMe();
            SignInOutcome settled = begin.apply(
                    new ProvenUser(proven.principal(), proven.groups(), proven.attributes(), Set.of(), isAskedFor));
            outcome = Optional.of(settled);
            if (!(settled instanceof SignInOutcome.SignedIn)) {
                ContainerHttpSession.end(request);
                refuse(settled);
            }
        }
        return outcome.isEmpty() || outcome.get() instanceof SignInOutcome.SignedIn;
    }

    private void refuse(SignInOutcome refused) {
        if (AuthenticateCall.of(request).isPresent()) {
            refused.leaveIn(request);
            return;
        }
        RequestLogin login = UnwrappedRequest.login(request);
        try {
            Cors.share(request, response);
            if (login instanceof RequestLogin.Unavailable) {
                ErrorAnswer.send(AccessError.of(login, false), login, request, response);
            } else if (refused instanceof SignInOutcome.Undecided undecided) {
                throw undecided.cause();
            } else {
                refused.leaveIn(request);
                SignInRefusal.write(request, response);
                response.flushBuffer(); // WildFly replaces an answer that is not committed by a page of its own
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isProtected() {
        return !isGoingOn && super.isProtected();
    }

    @Override
    public boolean isAuthenticationRequest() {
        return !isGoingOn && super.isAuthenticationRequest();
    }

    /** Postern keeps the login, and the server must not. */
    @Override
    public boolean isRegisterSession() {
        return false;
    }

    @Override
    public void setRegisterSession(String name, Set<String> groups) {}

    @Override
    public HttpServletRequest getRequest() {
        HttpServletRequest inside = super.getRequest();
        return inside == request ? asked : inside;
    }

    @Override
    public HttpMessageContext withRequest(HttpServletRequest other) {
        setRequest(other);
        return this;
    }

    @Override
    public HttpServletResponse getResponse() {
        HttpServletResponse inside = super.getResponse();
        return inside == response ? watched : inside;
    }

    @Override
    public AuthenticationStatus redirect(String location) {
        return leave() ? super.redirect(location) : AuthenticationStatus.SEND_FAILURE;
    }

    @Override
    public AuthenticationStatus forward(String path) {
        return leave() ? super.forward(path) : AuthenticationStatus.SEND_FAILURE;
    }

    @Override
    public AuthenticationStatus notifyContainerAboutLogin(@Nullable String name, @Nullable Set<String> groups) {
        return notifyContainerAboutLogin(name == null ? null : new CallerPrincipal(name), groups);
    }

    @Override
    public AuthenticationStatus notifyContainerAboutLogin(@Nullable Principal principal, @Nullable Set<String> groups) {
        if (principal == null) {
            proof = Optional.empty();
            return super.notifyContainerAboutLogin(principal, groups);
        }
        return note(principal, groups, Map.of());
    }

    @Override
    public AuthenticationStatus notifyContainerAboutLogin(CredentialValidationResult result) {
        if (result.getStatus() == CredentialValidationResult.Status.VALID) {
            return note(result.getCallerPrincipal(), result.getCallerGroups(), IdentityStoreUser.attributes(result));
        }
        proof = Optional.empty();
        return super.notifyContainerAboutLogin(result);
    }

    private AuthenticationStatus note(
            Principal principal, @Nullable Set<String> groups, Map<String, String> attributes) {
        proof = Optional.of(new Proof(principal, groups == null ? Set.of() : groups, attributes));
        return AuthenticationStatus.SUCCESS;
    }

    @Override
    public AuthenticationStatus doNothing() {
        proof = Optional.empty();
        return super.doNothing();
    }

    @Override
    public void cleanClientSubject() {
        proof = Optional.empty();
        super.cleanClientSubject();
    }

    @Override
    public @Nullable Principal getCallerPrincipal() {
        return proof.map(Proof::principal).orElse(null);
    }

    @Override
    public @Nullable Set<String> getGroups() {
        return proof.map(Proof::groups).orElse(null);
    }

    /** The response as the mechanism sees it: the session begins before a redirect sends the headers. */
    private final class WatchedResponse extends HttpServletResponseWrapper {

        WatchedResponse(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendRedirect(String location) throws IOException {
            if (asked.isOver() || leave()) {
                super.sendRedirect(location);
            }
        }
    }
}
