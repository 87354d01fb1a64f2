package dev.postern.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.SignInFailure;
import dev.postern.http.CredentialSignIn;
import dev.postern.http.SignInOutcome;
import dev.postern.http.SignInRefusal;
import dev.postern.http.TestDesk;
import dev.postern.http.TestServer;
import dev.postern.http.credential.CredentialVerdict;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.throttle.SignInRateLimiter;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.testing.Injection;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the endpoint answers to a sign-in that fails. */
class EndpointSignInTest {

    private final TestDesk desk = new TestDesk();
    private final TestServer server =
            new TestServer(desk, desk.guard, Optional.of(ThrottleLimits.of(5, 100, Duration.ofMinutes(15))));

    @Test
    @Tag("S-22")
    void tooManyFailuresAre429WithAProblemAndRetryAfter() {
        for (int tries = 0; tries < 5; tries++) {
            TestResponse wrong = signIn();
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
        }

        TestResponse refused = signIn();

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers("Retry-After")).containsExactly("1");
        assertThat(refused.headers(Challenge.HEADER)).isEmpty();
        assertThat(refused.headers("Cache-Control")).containsExactly("no-store");
        assertThat(refused.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(refused.text()).contains("\"title\":\"Too Many Requests\"", "\"status\":429");
    }

    @Test
    @Tag("S-22")
    void gridThatDoesNotCountIs503() {
        desk.tries.setBroken(true);

        TestResponse response = signIn();

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.text()).contains("\"status\":503");
    }

    /** The former session goes on. */
    @Test
    @Tag("B3")
    void tooManyRightOnesAre429WithRetryAfter() throws Exception {
        SignInRateLimiter rate =
                new SignInRateLimiter(desk.tries, desk.sessions.mint(), 1, new EventPublisher(desk.events::add));
        CredentialSignIn limited = signIn(Optional.of(rate));
        CredentialVerdict.Right ann = TestDesk.right(TestDesk.ANN);
        TestRequest first = TestDesk.anonymous();
        assertThat(limited.begin(first.get(), new TestResponse().get(), ann, false))
                .isInstanceOf(SignInOutcome.SignedIn.class);
        TestResponse response = new TestResponse();

        SignInOutcome refused = limited.begin(TestDesk.anonymous().get(), response.get(), ann, false);

        assertThat(refused)
                .isEqualTo(new SignInOutcome.Failed(
                        new SignInFailure(SignInFailure.Reason.TOO_MANY_SIGN_INS, SignInRateLimiter.PERIOD)));
        assertThat(response.headers("Set-Cookie")).isEmpty();
        TestRequest request = TestDesk.anonymous();
        refused.leaveIn(request.get());
        SignInRefusal.write(request.get(), response.get());
        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers("Retry-After")).containsExactly("600");
    }

    @Test
    @Tag("A11")
    void wishToBeRememberedIs400UnlessTheSettingsAllowIt() throws Exception {
        TestResponse response = new TestResponse();
        TestRequest request = TestDesk.anonymous()
                .header("Sec-Fetch-Site", "same-origin")
                .answer("getMethod", "POST")
                .body("application/json", "{\"username\":\"ann\",\"password\":\"right\",\"remember\":true}");

        Injection.into(new SessionServlet(), server.passwordSignIn(SignInPolicy.STANDARD), desk.noMechanism())
                .doPost(request.get(), response.get());

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.text()).contains("postern.remember.enabled");
        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("A11")
    void applicationThatAsksForItGetsAnOrdinarySession() {
        HttpServletRequest request = TestDesk.anonymous().get();
        TestResponse response = new TestResponse();
        CredentialSignIn signIn = signIn(Optional.empty());

        SignInOutcome outcome = signIn.begin(request, response.get(), TestDesk.right(TestDesk.ANN), true);

        assertThat(outcome).isInstanceOfSatisfying(SignInOutcome.SignedIn.class, signedIn -> {
            assertThat(signedIn.login().live().row().isRemembered()).isFalse();
            signIn.send(signedIn, request, response.get());
        });
        assertThat(response.headers("Set-Cookie")).singleElement().asString().doesNotContain("Max-Age");
    }

    /** A sign-in under the policy that holds without any setting. */
    private CredentialSignIn signIn(Optional<SignInRateLimiter> rate) {
        return new CredentialSignIn(
                desk.authenticator,
                desk.sessions.keeper(),
                desk.transport,
                desk.check(credential -> CredentialValidationResult.INVALID_RESULT),
                SignInPolicy.STANDARD,
                rate,
                desk.second(Optional.empty()));
    }

    private TestResponse signIn() {
        return server.signIn(TestDesk.anonymous().header("Sec-Fetch-Site", "same-origin"), "guess");
    }
}
