package dev.postern.http;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.ProvenUser;
import dev.postern.SignInFailure;
import dev.postern.SignInFailure.Reason;
import dev.postern.http.credential.CompletingCredential;
import dev.postern.http.credential.CredentialVerdict;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.IdentityStoreUser;
import dev.postern.http.credential.ProvenCredential;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.PresentedTokens;
import dev.postern.http.transport.TokenHeaders;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.row.SessionRow;
import dev.postern.session.throttle.SignInRateLimiter;
import dev.postern.session.user.SessionUser;
import jakarta.security.enterprise.credential.Credential;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs in the user of a credential that the application hands over with a request: verifies the credential and begins
 * the session. Its token is {@linkplain #send sent} once the server has taken the user, and else the session is
 * {@linkplain #takeBack taken back}. The application writes the response. So a failure changes nothing in the response,
 * and the {@link SignInOutcome} says what it was.
 *
 * <p>Safe for concurrent use.
 */
public final class CredentialSignIn {

    private final RequestAuthenticator authenticator;
    private final SessionKeeper keeper;
    private final TokenTransport transport;
    private final CredentialVerifier verifier;
    private final SignInPolicy policy;
    private final Optional<SignInRateLimiter> rate;
    private final SecondFactorSignIn second;
    private final PresentedTokens presented;
    private final RateLimitedLog notRemembered =
            new RateLimitedLog(System.getLogger(CredentialSignIn.class.getName()), System::nanoTime);
    private final RateLimitedLog failures =
            new RateLimitedLog(System.getLogger(CredentialSignIn.class.getName()), System::nanoTime);

    /**
     * Signs in users of one node.
     *
     * @param rate how often one user may sign in; empty if there is no limit
     * @param second the step between two factors
     */
    public CredentialSignIn(
            RequestAuthenticator authenticator,
            SessionKeeper keeper,
            TokenTransport transport,
            CredentialVerifier verifier,
            SignInPolicy policy,
            Optional<SignInRateLimiter> rate,
            SecondFactorSignIn second) {
        this.authenticator = authenticator;
        this.keeper = keeper;
        this.transport = transport;
        this.verifier = verifier;
        this.policy = policy;
        this.rate = rate;
        this.second = second;
        this.presented = new PresentedTokens(keeper, transport);
    }

    /** How the sign-in with this credential has ended. A failure of the grid is noted in the request's login too. */
    SignInOutcome signIn(
            Credential credential, HttpServletRequest request, HttpServletResponse response, boolean isRemembered) {
        try {
            if (!transport.mayTravel(request)) {
                return new SignInOutcome.Failed(Reason.PLAIN_HTTP);
            }
            if (credential instanceof CompletingCredential completing) {
                return complete(completing, request, response);
            }
            return credential instanceof ProvenCredential proven
                    ? signIn(proven.user(), request, response)
                    : verify(credential, request, response, isRemembered);
        } catch (PosternException e) {
            return unavailable(request, e);
        } catch (RuntimeException e) {
            return new SignInOutcome.Undecided(e);
        }
    }

    /** Notes in the request whether its client may have a sign-in that lacks its second factor. */
    void noteHalfWay(HttpServletRequest request) {
        second.note(request);
    }

    /** Whether the client has a sign-in of the user of this name that lacks its second factor. */
    boolean isHalfWay(HttpServletRequest request, String name) {
        return second.isHalfWay(request, name);
    }

    private SignInOutcome signIn(ProvenUser user, HttpServletRequest request, HttpServletResponse response) {
        return verifier.right(
                        new SessionUser(user.principal().getName(), user.groups(), user.attributes()),
                        user.methods(),
                        IdentityStoreUser.own(user.principal()))
                .map(right -> second.isRequired(right, user.isRemembered())
                        ? beginHalfWay(request, response, right, user.isRemembered())
                        : begin(request, response, right, user.isRemembered()))
                .orElseGet(() -> new SignInOutcome.Failed(Reason.USER_GONE));
    }

    private SignInOutcome complete(
            CompletingCredential credential, HttpServletRequest request, HttpServletResponse response) {
        SecondFactorSignIn.Tried tried = second.complete(credential, request);
        if (tried instanceof SecondFactorSignIn.Tried.Refused refused) {
            return new SignInOutcome.Failed(refused.failure());
        }
        SecondFactorSignIn.Tried.Completed completed = (SecondFactorSignIn.Tried.Completed) tried;
        SessionRow.HalfWay row = completed.signIn().row();
        return verifier.right(row.user(), completed.methods(), Optional.empty())
                .map(right -> right.since(completed.signIn().snapshot()))
                .map(right -> begin(request, response, right, row.isRemembered()))
                .orElseGet(() -> new SignInOutcome.Failed(Reason.USER_GONE));
    }

    private SignInOutcome verify(
            Credential credential, HttpServletRequest request, HttpServletResponse response, boolean isRemembered) {
        CredentialVerdict verdict = verifier.of(
                credential,
                policy.proxies().fromClient(request),
                () -> presented.of(request),
                right -> second.isRequired(right, isRemembered));
        if (verdict instanceof CredentialVerdict.Right right) {
            return begin(request, response, right, isRemembered);
        }
        if (verdict instanceof CredentialVerdict.FirstFactor first) {
            return beginHalfWay(request, response, first.right(), isRemembered);
        }
        if (verdict instanceof CredentialVerdict.Unknown unknown) {
            return unavailable(request, unknown.cause());
        }
        return verdict instanceof CredentialVerdict.TooMany tooMany
                ? new SignInOutcome.Failed(new SignInFailure(Reason.TOO_MANY_FAILURES, tooMany.pause()))
                : new SignInOutcome.Failed(Reason.WRONG_CREDENTIAL);
    }

    private SignInOutcome unavailable(HttpServletRequest request, PosternException cause) {
        authenticator.setUnavailable(request, cause);
        return new SignInOutcome.Undecided(cause);
    }

    /**
     * Begins the session of a user whose credential is right. The container's own session gets a new id. Its content
     * stays only if it belonged to no user or to the same one. If all sessions of the user were ended meanwhile, the
     * credential is a wrong one by now.
     *
     * @throws IllegalStateException when the response is committed, so that the client could not be given its token
     * @throws PosternException when the grid does not answer
     */
    public SignInOutcome begin(
            HttpServletRequest request,
            HttpServletResponse response,
            CredentialVerdict.Right user,
            boolean isRemembered) {
        return begin(
                request,
                response,
                user,
                isRemembered,
                signIn -> keeper.begin(signIn)
                        .<SignInOutcome>map(session -> signedIn(request, signIn, user, session))
                        .orElseGet(() -> new SignInOutcome.Failed(Reason.TOO_MANY_SESSIONS)));
    }

    /** Keeps the sign-in of a user whose first factor is right for the second. A former login stays as it is. */
    private SignInOutcome beginHalfWay(
            HttpServletRequest request,
            HttpServletResponse response,
            CredentialVerdict.Right user,
            boolean isRemembered) {
        return begin(request, response, user, isRemembered, signIn -> second.begin(request, response, signIn));
    }

    private SignInOutcome begin(
            HttpServletRequest request,
            HttpServletResponse response,
            CredentialVerdict.Right user,
            boolean isRemembered,
            Function<SignInRequest, SignInOutcome> store) {
        if (response.isCommitted()) {
            throw new IllegalStateException("Sign in before the response is written: its headers carry the token.");
        }
        HttpServletRequest fromClient = policy.proxies().fromClient(request);
        try {
            Duration pause = rate.map(limit -> limit.claim(user.proven().name(), fromClient.getRemoteAddr()))
                    .orElse(Duration.ZERO);
            if (!pause.isZero()) {
                return new SignInOutcome.Failed(new SignInFailure(Reason.TOO_MANY_SIGN_INS, pause));
            }
            SignInRequest signIn = new SignInRequest(
                    user.proven().withRoles(user.known().user().roles()), // the application is asked for the rest again
                    user.methods(),
                    mayBeRemembered(isRemembered),
                    transport.wantsAnother(request) ? Optional.empty() : presented.of(request),
                    draft -> authenticator.contribute(fromClient, draft),
                    user.start());
            return store.apply(signIn);
        } catch (SignInOvertakenException e) {
            return new SignInOutcome.Failed(Reason.WRONG_CREDENTIAL);
        }
    }

    private SignInOutcome.SignedIn signedIn(
            HttpServletRequest request, SignInRequest signIn, CredentialVerdict.Right user, LiveSession session) {
        ContainerHttpSession.handOver(
                request,
                session.userHandle(),
                !MechanismCall.hasBeen(request) // it keeps its dialogue there, and no user's data are left by now
                        && signIn.presented()
                                .filter(session.token()::isOfAnotherUser)
                                .isPresent());
        RequestLogin.SignedIn login = authenticator.signedIn(request, session, user.known());
        UnwrappedRequest.setLogin(request, login);
        return new SignInOutcome.SignedIn(login, user.principal());
    }

    /** Sends the token of a session that has begun. */
    public void send(SignInOutcome.SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        LiveSession session = signedIn.login().live();
        transport.sendNew(request, response, session.token(), session.row());
    }

    /**
     * Takes back a sign-in whose user the server has refused: the session ends. If its token was sent, it is removed.
     */
    void takeBack(SignInOutcome.SignedIn signedIn, HttpServletRequest request, HttpServletResponse response) {
        try {
            keeper.end(signedIn.login().live().token(), Ending.EVICTED);
        } catch (PosternException e) { // ended later
            failures.warn(LogEvent.GRID_FAILED.told("The session of a sign-in that failed could not be ended."), e);
        }
        if (TokenHeaders.of(request).isPresent()) {
            transport.remove(request, response);
        }
        ContainerHttpSession.end(request);
        UnwrappedRequest.setLogin(request, authenticator.anonymous(request));
    }

    /** Where the settings remember no sign-in, the session is an ordinary one. */
    private boolean mayBeRemembered(boolean isAsked) {
        if (isAsked && !policy.mayBeRemembered()) {
            notRemembered.warn(
                    "The application asked for a sign-in to be remembered, and the session is an ordinary one;"
                            + " see the setting postern.remember.enabled.");
        }
        return isAsked && policy.mayBeRemembered();
    }
}
