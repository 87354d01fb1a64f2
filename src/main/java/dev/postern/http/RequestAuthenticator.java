package dev.postern.http;

import dev.postern.Ending;
import dev.postern.MetadataContributor;
import dev.postern.MetadataDraft;
import dev.postern.PosternException;
import dev.postern.http.credential.CredentialVerdict;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.metadata.TouchContributor;
import dev.postern.http.request.LoginAttribute;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.PresentedTokens;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.session.throttle.SignInRateLimiter;
import dev.postern.session.token.Token;
import dev.postern.session.user.UserLookupException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * From the token of a request to the login in it, and back: resumes, begins and ends the session of a request and leaves
 * what it found in {@link RequestLogin#ATTRIBUTE}.
 *
 * <p>Safe for concurrent use.
 */
public final class RequestAuthenticator {

    private static final Logger LOG = System.getLogger(RequestAuthenticator.class.getName());

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionKeeper keeper;
    private final TokenTransport transport;
    private final Iterable<MetadataContributor> contributors;
    private final UserLookup users;
    private final SignInPolicy policy;
    private final BooleanSupplier chance;
    private final Optional<SignInRateLimiter> rate;
    private final PresentedTokens presented;
    private final RateLimitedLog failures = new RateLimitedLog(LOG, System::nanoTime);
    private final RateLimitedLog plainHttp = new RateLimitedLog(LOG, System::nanoTime);
    private final RateLimitedLog notRemembered = new RateLimitedLog(LOG, System::nanoTime);

    /** Logins under the policy that holds without any setting. */
    public RequestAuthenticator(
            SessionKeeper keeper,
            TokenTransport transport,
            Iterable<MetadataContributor> contributors,
            UserLookup users) {
        this(keeper, transport, contributors, users, SignInPolicy.STANDARD);
    }

    public RequestAuthenticator(
            SessionKeeper keeper,
            TokenTransport transport,
            Iterable<MetadataContributor> contributors,
            UserLookup users,
            SignInPolicy policy) {
        this(keeper, transport, contributors, users, policy, Optional.empty());
    }

    /** Logins of users who may not sign in more often than at that rate, if there is one. */
    public RequestAuthenticator(
            SessionKeeper keeper,
            TokenTransport transport,
            Iterable<MetadataContributor> contributors,
            UserLookup users,
            SignInPolicy policy,
            Optional<SignInRateLimiter> rate) {
        this(keeper, transport, contributors, users, policy, rate, () -> RANDOM.nextInt(RequestSource.ONE_IN) == 0);
    }

    /** Logins for which the chance says which requests are drawn, see {@link RequestSource}. */
    RequestAuthenticator(
            SessionKeeper keeper,
            TokenTransport transport,
            Iterable<MetadataContributor> contributors,
            UserLookup users,
            SignInPolicy policy,
            Optional<SignInRateLimiter> rate,
            BooleanSupplier chance) {
        this.rate = rate;
        this.keeper = keeper;
        this.transport = transport;
        this.contributors = contributors;
        this.users = users;
        this.policy = policy;
        this.chance = chance;
        this.presented = new PresentedTokens(keeper, transport);
    }

    /**
     * The request as the application is to see it, also where it holds the server's own. What filters have put around
     * it is left out, so that the mechanism sees what the caller leaves in it.
     */
    public HttpServletRequest asSeen(HttpServletRequest request, HttpServletResponse response) {
        return ApplicationRequest.of(UnwrappedRequest.of(request), response, this);
    }

    /** Whether a token may travel with this request; where not, the log says which setting decides. */
    public boolean mayTravel(HttpServletRequest request) {
        boolean isAdmitted = transport.isAdmitted(request);
        if (!isAdmitted) {
            plainHttp.warn(LogEvent.PLAIN_HTTP_REFUSED.told(
                    "A request came over plain http, so no token may travel with it. See the setting"
                            + " postern.cookie.plain-http."));
        }
        return isAdmitted;
    }

    /** Whether the client presents a bearer token and something else, so that nobody can say what counts. */
    boolean isAmbiguous(HttpServletRequest request) {
        return transport.isAmbiguous(request);
    }

    /** Whether the client asks at sign-in for a bearer token, and the settings allow none. */
    public boolean isBearerAskedInVain(HttpServletRequest request) {
        return transport.isAskedInVain(request);
    }

    /** Whether a client may ask at sign-in for a session that outlives its browser. */
    public boolean mayBeRemembered() {
        return policy.mayBeRemembered();
    }

    /** The request with the client's address for that of its sender. */
    HttpServletRequest fromClient(HttpServletRequest request) {
        return policy.proxies().fromClient(request);
    }

    /**
     * The login that the request's token stands for, asked for once in a request: what was found stays. When the token is due
     * for renewal, the client gets its successor with this response.
     */
    RequestLogin resume(HttpServletRequest request, HttpServletResponse response, boolean isPassive) {
        return UnwrappedRequest.of(request).getAttribute(RequestLogin.ATTRIBUTE) instanceof RequestLogin login
                ? login
                : found(request, look(request, response, isPassive));
    }

    private static RequestLogin found(HttpServletRequest request, RequestLogin login) {
        ContainerHttpSession.keepFor(login, request);
        return LoginAttribute.set(request, login);
    }

    /**
     * Signs the user in: a new session, a new token in the cookie, and a new id for the container's own session. Its
     * content stays only when it belonged to no user or to the same one. Where {@code remember.enabled} is false, the
     * session is an ordinary one.
     *
     * @return anonymous when all sessions of the user were ended meanwhile
     * @throws IllegalStateException when the response is committed, so that the client could not be given its token
     */
    public RequestLogin begin(
            HttpServletRequest request,
            HttpServletResponse response,
            CredentialVerdict.Right user,
            boolean isRemembered) {
        if (response.isCommitted()) {
            throw new IllegalStateException("Sign in before the response is written: its headers carry the token.");
        }
        try {
            Duration pause = rate.map(limit -> limit.claim(
                            user.proven().name(), fromClient(request).getRemoteAddr()))
                    .orElse(Duration.ZERO);
            if (!pause.isZero()) {
                return new RequestLogin.Refused(pause);
            }
            SignInRequest signIn = signIn(request, user, isRemembered);
            RequestLogin login = signIn(request, response, signIn, user.known());
            return login instanceof RequestLogin.Refused
                    ? login
                    : LoginAttribute.set(request, login); // the former session goes on
        } catch (SignInOvertakenException e) {
            return new RequestLogin.Anonymous();
        } catch (PosternException e) {
            return fail(request, e);
        }
    }

    /** Nobody knows who is calling, because the grid did not answer. */
    RequestLogin fail(HttpServletRequest request, PosternException e) {
        return LoginAttribute.set(request, unavailable(e));
    }

    /** What the application says of its users besides their roles is not kept: it is asked again. */
    private SignInRequest signIn(HttpServletRequest request, CredentialVerdict.Right user, boolean isRemembered) {
        return new SignInRequest(
                user.proven().withRoles(user.known().user().roles()),
                isRemembered(isRemembered),
                transport.wantsAnother(request) ? Optional.empty() : presented(request),
                draft -> contribute(request, draft),
                user.start());
    }

    private boolean isRemembered(boolean isAsked) {
        if (isAsked && !policy.mayBeRemembered()) {
            notRemembered.warn(
                    "The application asked for a sign-in to be remembered, and the session is an ordinary one;"
                            + " see the setting postern.remember.enabled.");
        }
        return isAsked && policy.mayBeRemembered();
    }

    private RequestLogin signIn(
            HttpServletRequest request,
            HttpServletResponse response,
            SignInRequest signIn,
            UserLookup.LoadedUser user) {
        Optional<LiveSession> begun = keeper.begin(signIn);
        if (begun.isEmpty()) {
            return new RequestLogin.Refused();
        }
        LiveSession session = begun.get();
        transport.sendNew(request, response, session.token(), session.row());
        ContainerHttpSession.handOver(
                request,
                session.userHandle(),
                signIn.presented().filter(session.token()::isOfAnotherUser).isPresent());
        return signedIn(request, session, user);
    }

    /**
     * Signs out: ends the session of every token that the client holds, removes the cookie, and ends the container's own
     * session, whose content was the user's.
     *
     * @throws PosternException when the grid does not answer; then the client keeps what it holds, and can try again, and
     *     the session is ended in the background
     */
    void end(HttpServletRequest request, HttpServletResponse response) {
        try {
            presented.endAll(request);
        } catch (PosternException e) {
            fail(request, e);
            throw e;
        }
        if (LoginAttribute.of(request) instanceof RequestLogin.SignedIn
                || !transport.all(request).isEmpty()) {
            transport.remove(request, response);
        }
        LoginAttribute.set(request, new RequestLogin.Anonymous());
        ContainerHttpSession.end(request);
    }

    private RequestLogin look(HttpServletRequest request, HttpServletResponse response, boolean isPassive) {
        try {
            Optional<String> text = presented.text(request);
            if (presented.areDoubled(request)) {
                keeper.rejectDoubled();
            }
            ResumeResult result = text.map(
                            token -> keeper.resume(token, isPassive ? ResumeRequest.PASSIVE : resumeRequest(request)))
                    .orElseGet(ResumeResult.Absent::new);
            if (!(result instanceof ResumeResult.Live live)) {
                return anonymous(request);
            }
            RequestLogin login = present(request, live.session());
            if (login instanceof RequestLogin.SignedIn signedIn) {
                live.successor()
                        .ifPresent(token -> transport.sendSuccessor(
                                request, response, token, signedIn.live().row()));
            }
            return login;
        } catch (PosternException e) {
            return unavailable(e);
        }
    }

    /** The session of its user as they are now; it ends when there is no such user any more. */
    private RequestLogin present(HttpServletRequest request, LiveSession session) {
        Optional<UserLookup.LoadedUser> user = users.now(session);
        if (user.isPresent()) {
            return signedIn(request, session, user.get());
        }
        keeper.end(session.token(), Ending.USER_GONE);
        return anonymous(request);
    }

    private RequestLogin signedIn(HttpServletRequest request, LiveSession session, UserLookup.LoadedUser user) {
        return new RequestLogin.SignedIn(session.withUser(user.user()), user.own(), transport.challenge(request));
    }

    /** The login of a request whose token, if it has one, does not count. */
    public RequestLogin anonymous(HttpServletRequest request) {
        return new RequestLogin.Anonymous(transport.challenge(request));
    }

    /** The token of this request: of the login that it holds by now, else of what the client presents. */
    Optional<Token> presented(HttpServletRequest request) {
        return presented.of(request);
    }

    private ResumeRequest resumeRequest(HttpServletRequest request) {
        HttpServletRequest fromClient = fromClient(request);
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        RequestSource origin =
                new RequestSource(keeper.client(fromClient.getRemoteAddr(), agent), chance.getAsBoolean());
        return ResumeRequest.active(origin, draft -> contribute(request, draft), draft -> follow(fromClient, draft));
    }

    private void contribute(HttpServletRequest request, MetadataDraft draft) {
        HttpServletRequest fromClient = fromClient(request);
        contributors.forEach(contributor -> contributor.contribute(fromClient, draft));
    }

    /** Metadata that follows the client is noted with each use that is written down, so that a thief leaves a trace. */
    private void follow(HttpServletRequest request, MetadataDraft draft) {
        contributors.forEach(contributor -> {
            if (contributor instanceof TouchContributor) {
                contributor.contribute(request, draft);
            }
        });
    }

    /** Logs what failed, seldom enough not to fill the disk. */
    public void warn(PosternException e) {
        LogEvent logEvent = e instanceof UserLookupException ? LogEvent.USERS_UNKNOWN : LogEvent.GRID_FAILED;
        failures.warn(logEvent.told("The caller cannot be identified; requests that need it get 503."), e);
    }

    private RequestLogin unavailable(PosternException e) {
        warn(e);
        return new RequestLogin.Unavailable(e);
    }
}
