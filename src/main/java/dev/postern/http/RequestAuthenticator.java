package dev.postern.http;

import dev.postern.Ending;
import dev.postern.MetadataContributor;
import dev.postern.MetadataDraft;
import dev.postern.PosternException;
import dev.postern.http.metadata.TouchContributor;
import dev.postern.http.request.TrustedProxies;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.PresentedTokens;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.event.LogEvent;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.generation.RequestSource;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.session.user.UserLookupException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Resumes the session of a request: from the token that the client presents to the login in the attribute {@link
 * RequestLogin#ATTRIBUTE}. {@link CredentialSignIn} and {@link SignOut} put their own results there.
 *
 * <p>Safe for concurrent use.
 */
public final class RequestAuthenticator {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final SessionKeeper keeper;
    private final TokenTransport transport;
    private final Iterable<MetadataContributor> contributors;
    private final UserLookup users;
    private final TrustedProxies proxies;
    private final BooleanSupplier chance;
    private final PresentedTokens presented;
    private final RateLimitedLog failures =
            new RateLimitedLog(System.getLogger(RequestAuthenticator.class.getName()), System::nanoTime);

    public RequestAuthenticator(
            SessionKeeper keeper,
            TokenTransport transport,
            Iterable<MetadataContributor> contributors,
            UserLookup users,
            TrustedProxies proxies) {
        this(keeper, transport, contributors, users, proxies, () -> RANDOM.nextInt(RequestSource.ONE_IN) == 0);
    }

    /** An authenticator for which {@code chance} says which requests are drawn, see {@link RequestSource}. */
    RequestAuthenticator(
            SessionKeeper keeper,
            TokenTransport transport,
            Iterable<MetadataContributor> contributors,
            UserLookup users,
            TrustedProxies proxies,
            BooleanSupplier chance) {
        this.keeper = keeper;
        this.transport = transport;
        this.contributors = contributors;
        this.users = users;
        this.proxies = proxies;
        this.chance = chance;
        this.presented = new PresentedTokens(keeper, transport);
    }

    /**
     * The login of the request's token. It is looked up once in a request, and later calls answer what was found then.
     * If the token is due for renewal, this response carries its successor.
     */
    RequestLogin resume(HttpServletRequest request, HttpServletResponse response, BooleanSupplier isPassive) {
        if (UnwrappedRequest.of(request).getAttribute(RequestLogin.ATTRIBUTE) instanceof RequestLogin found) {
            return found;
        }
        RequestLogin login = lookUp(request, response, isPassive);
        ContainerHttpSession.keepFor(login, request);
        return UnwrappedRequest.setLogin(request, login);
    }

    private RequestLogin lookUp(HttpServletRequest request, HttpServletResponse response, BooleanSupplier isPassive) {
        try {
            Optional<String> text = presented.text(request);
            if (text.isEmpty() && presented.areDoubled(request)) {
                keeper.rejectDoubled();
            }
            ResumeResult result = text.map(token -> keeper.resume(
                            token, () -> isPassive.getAsBoolean() ? ResumeRequest.PASSIVE : resumeRequest(request)))
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
            warn(e);
            return new RequestLogin.Unavailable(e);
        }
    }

    /** The session with its user as loaded now. If the application no longer knows the user, the session ends. */
    private RequestLogin present(HttpServletRequest request, LiveSession session) {
        Optional<UserLookup.LoadedUser> user = users.now(session);
        if (user.isPresent()) {
            return signedIn(request, session, user.get());
        }
        keeper.end(session.token(), Ending.USER_GONE);
        return anonymous(request);
    }

    RequestLogin.SignedIn signedIn(HttpServletRequest request, LiveSession session, UserLookup.LoadedUser user) {
        return new RequestLogin.SignedIn(session.withUser(user.user()), user.own(), transport.challenge(request));
    }

    /** The login of a request without a valid token. */
    public RequestLogin anonymous(HttpServletRequest request) {
        return new RequestLogin.Anonymous(transport.challenge(request));
    }

    /** From now on the caller of this request is unknown, because the grid did not answer. */
    void setUnavailable(HttpServletRequest request, PosternException cause) {
        warn(cause);
        UnwrappedRequest.setLogin(request, new RequestLogin.Unavailable(cause));
    }

    /** Logs a failure, at a limited rate. */
    public void warn(PosternException e) {
        LogEvent logEvent = e instanceof UserLookupException ? LogEvent.USERS_UNKNOWN : LogEvent.GRID_FAILED;
        failures.warn(logEvent.told("The caller cannot be identified; requests that need it get 503."), e);
    }

    private ResumeRequest resumeRequest(HttpServletRequest request) {
        HttpServletRequest fromClient = proxies.fromClient(request);
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        RequestSource source =
                new RequestSource(keeper.client(fromClient.getRemoteAddr(), agent), chance.getAsBoolean());
        return ResumeRequest.active(source, draft -> contribute(fromClient, draft), draft -> follow(fromClient, draft));
    }

    /** Lets every contributor add to the metadata. The request has the client's address, see {@link TrustedProxies}. */
    void contribute(HttpServletRequest fromClient, MetadataDraft draft) {
        contributors.forEach(contributor -> contributor.contribute(fromClient, draft));
    }

    /** Each use that is written down notes the metadata that follows the client, so that a thief leaves a trace. */
    private void follow(HttpServletRequest fromClient, MetadataDraft draft) {
        contributors.forEach(contributor -> {
            if (contributor instanceof TouchContributor) {
                contributor.contribute(fromClient, draft);
            }
        });
    }
}
