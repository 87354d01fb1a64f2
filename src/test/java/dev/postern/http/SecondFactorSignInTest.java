package dev.postern.http;

import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.ProvenUser;
import dev.postern.SecondFactor;
import dev.postern.Session;
import dev.postern.SessionEvent;
import dev.postern.SignIn;
import dev.postern.SignIn.Result;
import dev.postern.SignInFailure;
import dev.postern.http.request.CurrentRequest;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.HalfWayLookup;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A password that is right, the second factor that is missing, and its completion. */
@Tag("S-17")
class SecondFactorSignInTest {

    private static final String HALF = "__Host-half-postern";

    private final TestDesk desk = new TestDesk();
    private SecondFactor asked =
            user -> user.name().equals("ann") && user.methods().equals(Set.of("pwd"));
    private final SessionMechanism mechanism = mechanism();
    private final SignIn calls = new RequestSignIn(
            TestSecurityContext.of(mechanism),
            Optional.empty(),
            () -> desk.authenticator,
            () -> desk.signOut,
            () -> desk.second(desk.asked));
    private int checks;

    private SessionMechanism mechanism() {
        desk.asked = Optional.of(user -> asked.isRequired(user));
        return desk.mechanism(desk.check(this::validate), desk.guard);
    }

    private CredentialValidationResult validate(Credential credential) {
        UsernamePasswordCredential login = (UsernamePasswordCredential) credential;
        return login.getPasswordAsString().equals("right")
                ? new CredentialValidationResult(login.getCaller(), Set.of("clerk"))
                : CredentialValidationResult.INVALID_RESULT;
    }

    @Test
    void passwordAloneIs401WithTheChallengeAndACookieOfItsOwn() {
        TestResponse response = signIn("right");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers(Challenge.HEADER))
                .containsExactly("Postern error=\"insufficient_user_authentication\", acr_values=\"mfa\"");
        assertThat(response.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith(HALF + "=")
                .contains("; Max-Age=300; ")
                .endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(desk.sessions.events(SessionEvent.Created.class)).isEmpty();
        assertThat(desk.events).as("no failed sign-in").isEmpty();
    }

    @Test
    void cookieOfTheFirstFactorOpensNothing() {
        String half = half(signIn("right"));

        assertThat(desk.resume(withHalf(half)).isAnonymous()).isTrue();
        assertThat(desk.resume(withCookie(half)).isAnonymous()).isTrue();
    }

    @Test
    void secondFactorCompletesWithTheMethodsOfBoth() {
        String half = half(signIn("right"));

        TestResponse response = served(withHalf(half), () -> {
            assertThat(calls.halfWay()).hasValueSatisfying(user -> {
                assertThat(user.name()).isEqualTo("ann");
                assertThat(user.groups()).containsExactly("clerk");
                assertThat(user.methods()).containsExactly("pwd");
            });
            assertThat(complete(true)).isEqualTo(Result.SIGNED_IN);
            assertThat(calls.halfWay()).isEmpty();
            Session session = calls.fetch().orElseThrow();
            assertThat(session.user().name()).isEqualTo("ann");
            assertThat(session.methods()).containsExactlyInAnyOrder("pwd", "otp", "mfa");
        });

        assertThat(response.headers("Set-Cookie"))
                .anyMatch(line -> line.startsWith(TestDesk.COOKIE + "="))
                .anyMatch(line -> line.startsWith(HALF + "=; Max-Age=0"))
                .hasSize(2);
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void completionIsNotRepeated() {
        String half = half(signIn("right"));
        served(withHalf(half), () -> assertThat(complete(true)).isEqualTo(Result.SIGNED_IN));

        TestResponse response =
                served(withHalf(half), () -> assertThat(complete(true)).isEqualTo(Result.NOT_HALF_WAY));

        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(checks).isEqualTo(1);
    }

    @Test
    void completionWithoutAFirstFactorIsRefusedWithoutACheck() {
        served(anonymous(), () -> assertThat(complete(true)).isEqualTo(Result.NOT_HALF_WAY));
        served(withHalf("forged"), () -> assertThat(complete(true)).isEqualTo(Result.NOT_HALF_WAY));

        assertThat(checks).isZero();
    }

    @Test
    void twoCookiesThatWereIssuedCountAsNone() {
        String one = half(signIn("right"));
        String other = half(signIn("right"));

        served(
                anonymous().header("Cookie", HALF + "=" + one + "; " + HALF + "=" + other),
                () -> assertThat(calls.halfWay()).isEmpty());
        served(
                anonymous().header("Cookie", HALF + "=planted; " + HALF + "=" + other),
                () -> assertThat(calls.halfWay()).isPresent());
    }

    @Test
    @Tag("S-35")
    void wrongFactorsMakeTheNextOneWaitWithoutACheck() {
        for (int tries = 0; tries < 5; tries++) {
            String half = half(signIn("right"));
            served(withHalf(half), () -> assertThat(complete(false)).isEqualTo(Result.WRONG_FACTOR));
        }
        assertThat(desk.events).hasSize(5).hasOnlyElementsOfType(SessionEvent.SignInFailed.class);

        TestResponse again = signIn("right");

        assertThat(again.status())
                .as("a right password is no way round the wait")
                .isEqualTo(429);
        assertThat(checks).isEqualTo(5);
    }

    @Test
    @Tag("S-35")
    void cookieThatWasKeptForLaterWaitsToo() {
        String kept = half(signIn("right"));
        for (int tries = 0; tries < 5; tries++) {
            String half = half(signIn("right"));
            served(withHalf(half), () -> assertThat(complete(false)).isEqualTo(Result.WRONG_FACTOR));
        }

        served(withHalf(kept), () -> {
            assertThat(calls.halfWay()).isPresent();
            assertThat(complete(true)).isEqualTo(Result.TOO_MANY_FAILURES);
            assertThat(calls.failure().map(SignInFailure::retryAfter))
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive());
        });
        assertThat(checks).as("the guess is not checked").isEqualTo(5);
    }

    @Test
    @Tag("S-35")
    void guessesFromManyAddressesAreBoundedTogether() {
        for (int place = 0; place < 40; place++) {
            String half = half(signIn("right"));
            served(withHalf(half).answer("getRemoteAddr", "198.51.100." + place), () -> complete(false));
        }

        assertThat(checks).isEqualTo(5);
    }

    @Test
    void secondFactorAfterAnUnknownFirstOneIsAnother() {
        asked = user -> user.methods().isEmpty();
        TestResponse half = served(
                anonymous(), () -> assertThat(calls.begin(ProvenUser.of("ann"))).isEqualTo(Result.SECOND_FACTOR));

        assertThat(methodsAfter(half(half), "otp")).containsExactlyInAnyOrder("otp", "mfa");
    }

    @Test
    void secondFactorThatNamesNoMethodIsAnother() {
        assertThat(methodsAfter(half(signIn("right")))).containsExactlyInAnyOrder("pwd", "mfa");
    }

    @Test
    void sameMethodOnceMoreIsNoSecondFactor() {
        assertThat(methodsAfter(half(signIn("right")), "pwd")).containsExactly("pwd");
    }

    private Set<String> methodsAfter(String half, String... second) {
        served(
                withHalf(half),
                () -> assertThat(calls.complete(() -> true, second)).isEqualTo(Result.SIGNED_IN));
        return desk.keeper.userSessions().of("ann").get(0).row().methods();
    }

    @Test
    void fiveWrongFactorsUseTheSignInUp() {
        String half = half(signIn("right"));
        for (int tries = 0; tries < 5; tries++) {
            served(withHalf(half), () -> assertThat(complete(false)).isEqualTo(Result.WRONG_FACTOR));
        }

        served(withHalf(half), () -> {
            assertThat(calls.halfWay()).isEmpty();
            assertThat(complete(true)).isEqualTo(Result.NOT_HALF_WAY);
        });
    }

    @Test
    @Tag("S-35")
    void checkThatThrowsIsAnAttemptAndAFailure() {
        String half = half(signIn("right"));
        for (int tries = 0; tries < 5; tries++) {
            served(
                    withHalf(half),
                    () -> assertThatThrownBy(() -> calls.complete(() -> {
                                throw new IllegalStateException("The mail server is down.");
                            }))
                            .hasMessage("The mail server is down."));
        }

        served(withHalf(half), () -> assertThat(calls.halfWay()).isEmpty());
        assertThat(desk.events).hasSize(5).hasOnlyElementsOfType(SessionEvent.SignInFailed.class);
        assertThat(signIn("right").status()).isEqualTo(429);
    }

    @Test
    @Tag("S-35")
    void errorOfTheCheckIsAFailure() {
        String half = half(signIn("right"));

        served(
                withHalf(half),
                () -> assertThatThrownBy(() -> calls.complete(() -> {
                            throw new AssertionError("No such class.");
                        }))
                        .hasMessage("No such class."));

        assertThat(desk.events).singleElement().isInstanceOf(SessionEvent.SignInFailed.class);
    }

    @Test
    void checkThatThrowsPassesAlsoWhereItsFailureCannotBeCounted() {
        String half = half(signIn("right"));

        served(
                withHalf(half),
                () -> assertThatThrownBy(() -> calls.complete(() -> {
                            desk.tries.setBroken(true);
                            throw new IllegalStateException("The mail server is down.");
                        }))
                        .hasMessage("The mail server is down.")
                        .satisfies(thrown ->
                                assertThat(thrown.getSuppressed()).hasOnlyElementsOfType(PosternException.class)));
    }

    @Test
    @Tag("S-35")
    void guessesBeyondTheTurnsOfANetworkAreNotChecked() throws Exception {
        List<String> halves = new ArrayList<>();
        for (int client = 0; client < 30; client++) {
            halves.add(half(signIn("right")));
        }
        int turns = TestDesk.MOST / 2;
        Semaphore checked = new Semaphore(0);
        CountDownLatch answering = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Result>> results = new ArrayList<>();
            for (String half : halves) {
                results.add(threads.submit(() -> completeAfter(half, checked, answering)));
            }
            assertThat(checked.tryAcquire(turns, 20, TimeUnit.SECONDS)).isTrue();
            while (results.stream().filter(Future::isDone).count() < halves.size() - turns) {
                Thread.onSpinWait();
            }
            answering.countDown();
            List<Result> told = new ArrayList<>();
            for (Future<Result> result : results) {
                told.add(result.get(20, TimeUnit.SECONDS));
            }

            assertThat(checked.availablePermits()).as("further checks").isZero();
            assertThat(told.stream().filter(Result.WRONG_FACTOR::equals)).hasSize(5);
            assertThat(told.stream().filter(Result.TOO_MANY_FAILURES::equals)).hasSize(halves.size() - 5);
        } finally {
            threads.shutdownNow();
        }
    }

    private Result completeAfter(String half, Semaphore checked, CountDownLatch answering) {
        List<Result> result = new ArrayList<>();
        served(
                withHalf(half),
                () -> result.add(calls.complete(
                        () -> {
                            checked.release();
                            await(answering);
                            return false;
                        },
                        "otp")));
        return result.get(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void signOutGivesItUpAndRemovesItsCookie() {
        String half = half(signIn("right"));

        TestResponse response = served(withHalf(half), calls::end);

        assertThat(response.headers("Set-Cookie")).singleElement().asString().startsWith(HALF + "=; Max-Age=0");
        served(withHalf(half), () -> assertThat(calls.halfWay()).isEmpty());
    }

    @Test
    void endOfAllSessionsMakesItVoid() {
        String half = half(signIn("right"));
        desk.sessions.twin().pass(Duration.ofMillis(1));
        desk.keeper.userSessions().endAll("ann");

        served(withHalf(half), () -> assertThat(complete(true)).isEqualTo(Result.NOT_HALF_WAY));
    }

    @Test
    void endOfAllSessionsDuringTheCheckRefuses() {
        String half = half(signIn("right"));

        served(
                withHalf(half),
                () -> assertThat(calls.complete(
                                () -> {
                                    desk.keeper.userSessions().endAll("ann");
                                    return true;
                                },
                                "otp"))
                        .isEqualTo(Result.WRONG_FACTOR));
        assertThat(desk.keeper.userSessions().of("ann")).isEmpty();
    }

    @Test
    void completionFromAnotherSiteIsRefused() {
        String half = half(signIn("right"));

        served(
                withHalf(half).answer("getMethod", "POST").header("Sec-Fetch-Site", "cross-site"),
                () -> assertThat(complete(true)).isEqualTo(Result.OTHER_SITE));

        assertThat(checks).isZero();
    }

    @Test
    @Tag("S-29")
    void requestOfAnotherSiteThatBringsTheCookieIsRefused() throws Exception {
        TestRequest request =
                withHalf(half(signIn("right"))).answer("getMethod", "POST").header("Sec-Fetch-Site", "cross-site");
        TestResponse response = new TestResponse();

        mechanism.validateRequest(request.get(), response.get(), new TestMessageContext(request.get(), false).get());

        assertThat(response.status()).isEqualTo(403);
    }

    @Test
    void completionOverPlainHttpIsRefused() {
        String half = half(signIn("right"));

        served(
                withHalf(half).plain("shop.example", "192.0.2.1"),
                () -> assertThat(complete(true)).isEqualTo(Result.PLAIN_HTTP));
    }

    @Test
    void proofOfTheApplicationIsAskedAboutToo() {
        TestResponse half = served(
                anonymous(),
                () -> assertThat(calls.begin(ProvenUser.of("ann").by("pwd"))).isEqualTo(Result.SECOND_FACTOR));
        served(
                anonymous(),
                () -> assertThat(calls.begin(ProvenUser.of("ann").by("hwk", "mfa")))
                        .isEqualTo(Result.SIGNED_IN));

        served(withHalf(half(half)), () -> assertThat(complete(true)).isEqualTo(Result.SIGNED_IN));
    }

    @Test
    void formerLoginStaysUntilTheCompletionAndGoesOnAfterIt() {
        asked = user -> false;
        TestResponse former = signIn("right");
        String cookie = value(former, TestDesk.COOKIE);
        asked = user -> true;

        String half = half(TestPage.signIn(mechanism, own(withCookie(cookie)), "ann", "right"));
        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("ann");

        served(withCookie(cookie).header("Cookie", HALF + "=" + half), () -> {
            assertThat(complete(true)).isEqualTo(Result.SIGNED_IN);
            assertThat(calls.fetch().orElseThrow().methods()).contains("mfa");
        });
        assertThat(desk.sessions.events(SessionEvent.Created.class)).hasSize(1);
        assertThat(desk.sessions.events(SessionEvent.Reauthenticated.class)).hasSize(1);
    }

    @Test
    @Tag("X-28")
    void unknownNeedIs503() {
        asked = user -> {
            throw new IllegalStateException("The database is down.");
        };

        assertThat(signIn("right").status()).isEqualTo(503);
        assertThat(desk.sessions.events(SessionEvent.Created.class)).isEmpty();
    }

    @Test
    @Tag("X-28")
    void brokenGridIsThrown() {
        String half = half(signIn("right"));
        desk.sessions.twin().setBroken(true);

        served(withHalf(half), () -> {
            assertThatThrownBy(calls::halfWay).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> complete(true)).isInstanceOf(PosternException.class);
        });
        served(
                withHalf("forged"),
                () -> assertThat(calls.halfWay()).as("no look-up").isEmpty());
    }

    @Test
    void requestSaysLazilyWhetherItIsHalfWay() throws Exception {
        TestRequest request = own(withHalf(half(signIn("right"))));
        mechanism.validateRequest(
                request.get(), new TestResponse().get(), new TestMessageContext(request.get(), false).get());

        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Anonymous.class);
        assertThat(HalfWayLookup.isHalfWay(request.get().getAttribute(HalfWayLookup.ATTRIBUTE)))
                .isTrue();
        assertThat(HalfWayLookup.isHalfWay(anonymous().get().getAttribute(HalfWayLookup.ATTRIBUTE)))
                .isFalse();
    }

    private Result complete(boolean isRight) {
        return calls.complete(
                () -> {
                    checks++;
                    return isRight;
                },
                "otp");
    }

    private TestResponse signIn(String password) {
        return TestPage.signIn(mechanism, own(anonymous()), "ann", password);
    }

    private static TestRequest own(TestRequest request) {
        return request.header("Sec-Fetch-Site", "same-origin");
    }

    private static TestRequest withHalf(String value) {
        return new TestRequest().header("Cookie", HALF + "=" + value);
    }

    private static String half(TestResponse response) {
        return value(response, HALF);
    }

    private static String value(TestResponse response, String cookie) {
        String line = response.headers("Set-Cookie").stream()
                .filter(each -> each.startsWith(cookie + "="))
                .findFirst()
                .orElseThrow();
        return line.substring(cookie.length() + 1, line.indexOf(';'));
    }

    private static TestResponse served(TestRequest request, Runnable call) {
        TestResponse response = new TestResponse();
        CurrentRequest.Serving serving = CurrentRequest.serve(request.get(), response.get());
        try {
            call.run();
        } finally {
            serving.end();
        }
        return response;
    }
}
