package dev.postern.http;

import dev.postern.SecondFactor;
import dev.postern.SessionEvent;
import dev.postern.http.credential.CredentialVerdict;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.credential.TestWaitingClock;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.crosssite.CrossSitePolicy;
import dev.postern.http.metadata.ClientMetadata;
import dev.postern.http.metadata.FirstSeenMetadata;
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
import dev.postern.session.lease.TestCopies;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.request.UserLookup;
import dev.postern.session.throttle.AttemptKeys;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.InMemoryFailureCounts;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Logins over real sessions, with the bearer header allowed, and clients that come with a cookie or a bearer token.
 *
 * <p>For one thread.
 */
public final class TestDesk {

    public static final String COOKIE = "__Host-postern";

    /** How many credentials are checked at once. */
    public static final int MOST = 16;

    private static final Duration PATIENCE = Duration.ofMillis(100);

    public static final SessionUser ANN = new SessionUser("ann", Set.of("clerk"), Map.of());
    static final SessionUser BOB = new SessionUser("bob", Set.of(), Map.of());

    public final TestSessions sessions = new TestSessions();
    public final TokenTransport transport = new TokenTransport(
            new SessionCookie(
                    new CookieAttributes(
                            COOKIE, "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, true, false)),
                    PlainHttpPolicy.NEVER),
            new BearerHeader(true));
    public final CrossSiteGuard guard =
            new CrossSiteGuard(Optional.of(new CrossSitePolicy(Set.of(), false)), transport);
    public static final SignInPolicy POLICY = new SignInPolicy(true, TrustedProxies.NONE);

    private static final ThrottleLimits LIMITS = ThrottleLimits.of(5, 100, Duration.ofMinutes(15));

    public final SessionKeeper keeper;
    /** Says who needs a second factor; nobody does unless a test says so. */
    Optional<SecondFactor> asked = Optional.empty();

    public final RequestAuthenticator authenticator;
    public final SignOut signOut;
    private final UserLookup users;
    private final Bulkhead bulkhead = new Bulkhead(CredentialVerifier.limits(MOST), PATIENCE);
    public final InMemoryFailureCounts tries = new InMemoryFailureCounts(TestSessions.START);
    public final TestWaitingClock stopwatch = new TestWaitingClock();
    public final List<SessionEvent> events = new ArrayList<>();

    /** Users stay what they were at sign-in. */
    public TestDesk() {
        this(UserLookup.unchanging());
    }

    TestDesk(UserLookup users) {
        this(users, TestSessions::keeper);
    }

    /** On a node that keeps copies. */
    static TestDesk withCopies(UserLookup users) {
        return new TestDesk(users, sessions -> sessions.onANodeWith(TestCopies.leased()));
    }

    private TestDesk(UserLookup users, Function<TestSessions, SessionKeeper> node) {
        this.users = users;
        keeper = node.apply(sessions);
        authenticator = new RequestAuthenticator(
                keeper,
                transport,
                List.of(new ClientMetadata(), new FirstSeenMetadata()),
                users,
                TrustedProxies.NONE,
                () -> false);
        signOut = new SignOut(keeper, transport);
    }

    /** One request, its response, and the login that was found in it. */
    public record Exchange(TestRequest request, TestResponse response, RequestLogin login) {

        List<String> setCookies() {
            return response.headers("Set-Cookie");
        }

        /** The value of the one cookie that the response sets. */
        String cookie() {
            String line = setCookies().get(0);
            return line.substring(COOKIE.length() + 1, line.indexOf(';'));
        }

        public List<String> tokens() {
            return response.headers(BearerHeader.TOKEN);
        }

        boolean isAnonymous() {
            return login instanceof RequestLogin.Anonymous;
        }

        public String user() {
            return login.session().orElseThrow().row().user().name();
        }
    }

    /** A check that counts failures, by the limits that there are without settings. */
    public CredentialVerifier check(IdentityStoreHandler stores) {
        return check(stores, Optional.of(LIMITS));
    }

    public CredentialVerifier check(IdentityStoreHandler stores, Optional<ThrottleLimits> limits) {
        return new CredentialVerifier(stores, throttle(limits), users, keeper, stopwatch, bulkhead);
    }

    private SignInThrottle throttle(Optional<ThrottleLimits> limits) {
        return new SignInThrottle(
                tries, new AttemptKeys(sessions.mint(), limits, keeper::isRevoked), new EventPublisher(events::add));
    }

    /** The step between two factors, in an application that asks for a second one by this. */
    public SecondFactorSignIn second(Optional<SecondFactor> asked) {
        return new SecondFactorSignIn(keeper, transport, throttle(Optional.of(LIMITS)), bulkhead, POLICY, asked);
    }

    /** What a check says of a user whom the application knows as the identity store does. */
    public static CredentialVerdict.Right right(SessionUser user) {
        return new CredentialVerdict.Right(
                user, Set.of(), new UserLookup.LoadedUser(user, Optional.empty()), Optional.empty());
    }

    public static TestRequest anonymous() {
        return new TestRequest();
    }

    public static TestRequest withCookie(String value) {
        return new TestRequest().header("Cookie", COOKIE + "=" + value);
    }

    public static TestRequest withBearer(String token) {
        return new TestRequest().header("Authorization", "Bearer " + token);
    }

    public static TestRequest askingForBearer() {
        return new TestRequest().header(BearerHeader.TRANSPORT, "bearer");
    }

    public Exchange signIn(TestRequest request, SessionUser user, boolean isRemembered) {
        TestResponse response = new TestResponse();
        CredentialSignIn signIn = credentialSignIn(check(credential -> found(user), Optional.empty()));
        SignInOutcome outcome = signIn.signIn(
                new UsernamePasswordCredential(user.name(), ""), request.get(), response.get(), isRemembered);
        if (outcome instanceof SignInOutcome.SignedIn signedIn) {
            signIn.send(signedIn, request.get(), response.get());
        }
        return new Exchange(request, response, login(request, outcome));
    }

    private static RequestLogin login(TestRequest request, SignInOutcome outcome) {
        if (outcome instanceof SignInOutcome.SignedIn signedIn) {
            return signedIn.login();
        }
        return outcome instanceof SignInOutcome.Undecided
                ? UnwrappedRequest.login(request.get())
                : new RequestLogin.Anonymous();
    }

    /** Begins the session of a user whose credential was right. */
    public void begin(TestRequest request, TestResponse response, SessionUser user) {
        CredentialSignIn signIn = credentialSignIn(check(credential -> found(user), Optional.empty()));
        SignInOutcome outcome = signIn.begin(request.get(), response.get(), right(user), false);
        if (!(outcome instanceof SignInOutcome.SignedIn signedIn)) {
            throw new IllegalStateException(String.valueOf(outcome));
        }
        signIn.send(signedIn, request.get(), response.get());
    }

    private CredentialSignIn credentialSignIn(CredentialVerifier verifier) {
        return new CredentialSignIn(
                authenticator, keeper, transport, verifier, POLICY, Optional.empty(), second(asked));
    }

    /** A mechanism in front of these sessions, with endpoints under {@code /postern}. */
    public SessionMechanism mechanism(CredentialVerifier verifier, CrossSiteGuard sites) {
        return mechanism(verifier, sites, noMechanism());
    }

    /** The same, in an application that has a mechanism of its own. */
    SessionMechanism mechanism(CredentialVerifier verifier, CrossSiteGuard sites, ApplicationMechanism own) {
        return new SessionMechanism(
                authenticator,
                credentialSignIn(verifier),
                signOut,
                new EndpointPaths("/postern", false),
                new PassiveRequests(List.of(), "Postern-Passive"),
                sites,
                transport,
                own);
    }

    /** What an application has that brings no mechanism. */
    public ApplicationMechanism noMechanism() {
        return mechanismOfTheApplication(Optional.empty(), guard);
    }

    ApplicationMechanism mechanismOfTheApplication(Optional<HttpAuthenticationMechanism> own, CrossSiteGuard sites) {
        return new ApplicationMechanism(
                own,
                false,
                credentialSignIn(check(credential -> found(ANN), Optional.empty())),
                sites,
                UnaryOperator.identity());
    }

    private static CredentialValidationResult found(SessionUser user) {
        String store = user.attributes().get("identity-store");
        return new CredentialValidationResult(store, user.name(), null, null, user.roles());
    }

    /** What a cookie for Ann's new session holds. */
    public String cookieOfAnn() {
        return signIn(anonymous(), ANN, false).cookie();
    }

    public Exchange resume(TestRequest request) {
        return resume(request, false);
    }

    Exchange resume(TestRequest request, boolean isPassive) {
        TestResponse response = new TestResponse();
        return new Exchange(request, response, authenticator.resume(request.get(), response.get(), () -> isPassive));
    }

    public Exchange signOut(TestRequest request) {
        TestResponse response = new TestResponse();
        signOut.end(request.get(), response.get());
        return new Exchange(request, response, UnwrappedRequest.login(request.get()));
    }
}
