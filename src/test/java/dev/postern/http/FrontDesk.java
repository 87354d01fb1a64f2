package dev.postern.http;

import dev.postern.PosternException;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.credential.TestWaitingClock;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.crosssite.CrossSitePolicy;
import dev.postern.http.endpoint.SessionServlet;
import dev.postern.http.filter.PosternFilter;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.request.TrustedProxies;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.CookieAttributes;
import dev.postern.http.transport.PlainHttpPolicy;
import dev.postern.http.transport.SameSite;
import dev.postern.http.transport.SessionCookie;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.SessionKeeper;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.RowStore;
import dev.postern.session.throttle.AttemptKeys;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import dev.postern.testing.InMemoryFailureCounts;
import dev.postern.testing.Injection;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One node as clients see it: the mechanism, then our filter, then the application or our endpoint, as a server runs them.
 *
 * <p>For one thread.
 */
final class FrontDesk {

    static final String PASSWORD = "the password of ann";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Keys keys;
    private final SessionKeeper keeper;
    private final RequestAuthenticator authenticator;
    private final SignOut signOut;
    private final TokenTransport transport;
    private final CrossSiteGuard guard;
    private final ApplicationMechanism own;
    private final SessionMechanism mechanism;
    private final InMemoryFailureCounts tries = new InMemoryFailureCounts(TestSessions.START);

    FrontDesk(CredentialsCache cache) {
        this(cache, new Keys());
    }

    /** Another node with the same keys. */
    FrontDesk(CredentialsCache cache, FrontDesk other) {
        this(cache, other.keys);
    }

    private FrontDesk(CredentialsCache cache, Keys keys) {
        RowStore rows = new RowStore(
                cache, RowCodec.plain(), PATIENCE, new ClockJumpDetector(TestSessions.GRACE, System::nanoTime));
        this.keys = keys;
        TokenMint mint = new TokenMint("shop", keys, new SecureRandom());
        this.keeper = new SessionKeeper(rows, mint, limits(), new EventPublisher(event -> {}));
        CookieAttributes attributes = new CookieAttributes(
                TestDesk.COOKIE, "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, true, false));
        this.transport =
                new TokenTransport(new SessionCookie(attributes, PlainHttpPolicy.NEVER), new BearerHeader(false));
        this.authenticator = new RequestAuthenticator(
                keeper, transport, List.of(), UserLookup.unchanging(), TrustedProxies.NONE, () -> false);
        this.signOut = new SignOut(keeper, transport);
        this.guard = new CrossSiteGuard(Optional.of(new CrossSitePolicy(Set.of(), false)), transport);
        ThrottleLimits limits = ThrottleLimits.of(5, 100, Duration.ofMinutes(15));
        SignInThrottle throttle = new SignInThrottle(
                tries, new AttemptKeys(mint, Optional.of(limits), keeper::isRevoked), new EventPublisher(event -> {}));
        Bulkhead bulkhead = new Bulkhead(CredentialVerifier.limits(16), PATIENCE);
        CredentialVerifier verifier = new CredentialVerifier(
                credential -> new CredentialValidationResult("ann", Set.of("clerk")),
                throttle,
                UserLookup.unchanging(),
                keeper,
                new TestWaitingClock(),
                bulkhead);
        CredentialSignIn signIn = new CredentialSignIn(
                authenticator,
                keeper,
                transport,
                verifier,
                SignInPolicy.STANDARD,
                Optional.empty(),
                new SecondFactorSignIn(keeper, transport, throttle, bulkhead, SignInPolicy.STANDARD, Optional.empty()));
        this.own = new ApplicationMechanism(Optional.empty(), false, signIn, guard, UnaryOperator.identity());
        this.mechanism = new SessionMechanism(
                authenticator,
                signIn,
                signOut,
                new EndpointPaths("/postern", false),
                new PassiveRequests(List.of(), "Postern-Passive"),
                guard,
                transport,
                own);
    }

    /** What the client sees. */
    record Answer(TestResponse response) {

        int status() {
            return response.status();
        }

        List<String> headers(String name) {
            return response.headers(name);
        }
    }

    static TestRequest anonymous() {
        return TestDesk.anonymous();
    }

    static TestRequest with(String cookie) {
        return TestDesk.withCookie(cookie);
    }

    private static TestRequest fromOwnPage(String cookie) {
        return with(cookie).header("Sec-Fetch-Site", "same-origin");
    }

    /** From now on nobody can have the keys. */
    void loseKeys() {
        keys.isBroken = true;
    }

    /** From now on no failed sign-in can be counted. */
    void loseTallies() {
        tries.setBroken(true);
    }

    SessionKeeper keeper() {
        return keeper;
    }

    String cookieOfAnn() {
        String line = signIn(anonymous()).headers("Set-Cookie").get(0);
        return line.substring(TestDesk.COOKIE.length() + 1, line.indexOf(';'));
    }

    /** A page of the application that does not ask who is calling. */
    Answer page(String cookie, boolean isProtected) {
        return serve(with(cookie), isProtected, (request, response) -> {});
    }

    /** A public page that asks. */
    Answer pageThatAsks(String cookie) {
        return serve(
                with(cookie),
                false,
                (request, response) -> RequestLogin.of(request.getAttribute(RequestLogin.ATTRIBUTE))
                        .session());
    }

    Answer logout(String cookie) {
        return serve(
                fromOwnPage(cookie).answer("getMethod", "POST"),
                false,
                (request, response) -> ((HttpServletRequest) request).logout());
    }

    Answer status(String cookie) {
        return serve(
                onSession(cookie, "GET"),
                false,
                (request, response) -> servlet().service(request, response));
    }

    Answer signOut(String cookie) {
        return serve(
                onSession(cookie, "DELETE"),
                false,
                (request, response) -> servlet().service(request, response));
    }

    /** What {@code SecurityContext.authenticate} does. */
    Answer signIn(TestRequest request) {
        return new Answer(TestPage.signIn(mechanism, request, "ann", PASSWORD));
    }

    private static TestRequest onSession(String cookie, String method) {
        return fromOwnPage(cookie).answer("getMethod", method).answer("getRequestURI", "/postern/session");
    }

    private Answer serve(TestRequest asked, boolean isProtected, FilterChain application) {
        TestResponse response = new TestResponse();
        TestMessageContext context = new TestMessageContext(asked.get(), isProtected);
        HttpServletRequest request = new ContainerRequest(asked.get(), response, context.get());
        try {
            if (context.ask(mechanism, request, response) != AuthenticationStatus.SEND_FAILURE) {
                filter().doFilter(request, response.get(), application);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
        return new Answer(response);
    }

    /** A container asks the mechanism at a sign-out only when it knows a user. */
    private final class ContainerRequest extends HttpServletRequestWrapper {

        private final TestResponse response;
        private final HttpMessageContext context;

        ContainerRequest(HttpServletRequest request, TestResponse response, HttpMessageContext context) {
            super(request);
            this.response = response;
            this.context = context;
        }

        @Override
        public void logout() {
            if (UnwrappedRequest.login(this) instanceof RequestLogin.SignedIn) {
                mechanism.cleanSubject(this, response.get(), context);
            }
        }
    }

    private PosternFilter filter() {
        return Injection.into(new PosternFilter(), authenticator, signOut);
    }

    private SessionServlet servlet() {
        return Injection.into(new SessionServlet(), signOut, transport, guard, own);
    }

    /** Every use is written down, so that there is something to write in each request. */
    private static SessionPolicy limits() {
        SessionPolicy usual = TestRows.LIMITS;
        return new SessionPolicy(usual.ordinary(), usual.remembered(), usual.renewal(), Duration.ZERO, usual.perUser());
    }

    /** Keys that the grid has drawn, and does not hand out when it is told so. */
    private static final class Keys implements Supplier<KeyRing> {

        private final KeyRing ring;
        private boolean isBroken;

        Keys() {
            byte[] drawn = new byte[2 * KeyRing.KEY_BYTES];
            new SecureRandom().nextBytes(drawn);
            ring = KeyRing.drawn(drawn);
        }

        @Override
        public KeyRing get() {
            if (isBroken) {
                throw new PosternException("The twin was told to be broken.");
            }
            return ring;
        }
    }
}
