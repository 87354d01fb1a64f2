package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.SessionEvent.SignInThrottled;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the mechanism answers when too many sign-ins have failed. The users are those whose name begins with {@code user}. */
@Tag("S-22")
class ThrottledSignInTest {

    private final TestDesk desk = new TestDesk();
    private final SessionMechanism mechanism = mechanism(desk.check(this::validate));
    private int asked;

    private CredentialValidationResult validate(Credential credential) {
        asked++;
        UsernamePasswordCredential login = (UsernamePasswordCredential) credential;
        return login.getCaller().startsWith("user")
                        && login.getPasswordAsString().equals("right")
                ? new CredentialValidationResult(login.getCaller(), Set.of("clerk"))
                : CredentialValidationResult.INVALID_RESULT;
    }

    @Test
    void sixthTryIs429WithRetryAfterAndAsksNoStore() {
        fiveFailures("user");

        TestResponse response = signIn("user", "wrong");

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.headers(Challenge.HEADER)).isEmpty();
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(asked).isEqualTo(5);
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("S-37")
    void isTheSameForAUserWhoDoesNotExist() {
        fiveFailures("nobody");

        TestResponse response = signIn("nobody", "wrong");

        assertThat(response.status()).isEqualTo(429);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.headers(Challenge.HEADER)).isEmpty();
        assertThat(asked).isEqualTo(5);
    }

    @Test
    void evenTheRightPasswordHasToWait() {
        fiveFailures("user");

        assertThat(signIn("user", "right").status()).isEqualTo(429);
        desk.tries.pass(Duration.ofSeconds(1));

        TestResponse response = signIn("user", "right");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers("Set-Cookie")).hasSize(1);
        fiveFailures("user");
    }

    @Test
    void retryAfterIsRoundedUp() {
        fiveFailures("user");
        desk.tries.pass(Duration.ofSeconds(1));
        assertThat(signIn("user", "wrong").status()).isEqualTo(401);
        desk.tries.pass(Duration.ofMillis(1));

        assertThat(signIn("user", "wrong").headers("Retry-After")).containsExactly("2");
        desk.tries.pass(Duration.ofMillis(999));
        assertThat(signIn("user", "wrong").headers("Retry-After")).containsExactly("1");
    }

    @Test
    void otherUsersOfTheAddressSignInMeanwhile() {
        fiveFailures("user");

        assertThat(signIn("user2", "right").status()).isEqualTo(200);
    }

    @Test
    void sessionStaysAsItIsWhileItsUserHasToWait() {
        String cookie = desk.cookieOfAnn();
        for (int tries = 0; tries < 6; tries++) {
            signIn(TestDesk.withCookie(cookie), "ann", "wrong");
        }
        TestRequest request = TestDesk.withCookie(cookie);
        desk.resume(request);

        assertThat(signIn(request, "ann", "wrong").status()).isEqualTo(429);
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.SignedIn.class);
        assertThat(desk.resume(TestDesk.withCookie(cookie)).user()).isEqualTo("ann");
    }

    @Test
    void gridThatDoesNotCountIs503AndNoStoreIsAsked() {
        desk.tries.setBroken(true);
        TestRequest request = TestDesk.anonymous();

        TestResponse response = signIn(request, "user", "right");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(asked).isZero();
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Unavailable.class);
    }

    @Test
    void failureThatCannotBeCountedIs503() {
        SessionMechanism breaking = mechanism(desk.check(credential -> {
            desk.tries.setBroken(true);
            return CredentialValidationResult.INVALID_RESULT;
        }));

        assertThat(TestPage.signIn(breaking, TestDesk.anonymous(), "user", "wrong")
                        .status())
                .isEqualTo(503);
    }

    @Test
    void switchedOffNobodyHasToWait() {
        SessionMechanism off = mechanism(desk.check(this::validate, Optional.empty()));
        for (int tries = 0; tries < 200; tries++) {
            assertThat(TestPage.signIn(off, TestDesk.anonymous(), "user", "wrong")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    @Tag("S-35")
    @Tag("S-75")
    void tellsTheApplicationWhoAndFromWhere() {
        fiveFailures("user");
        signIn("user", "wrong");

        assertThat(desk.events)
                .last()
                .isEqualTo(new SignInThrottled(Optional.of("user"), "192.0.2.1", desk.tries.now()));
    }

    private void fiveFailures(String name) {
        for (int tries = 0; tries < 5; tries++) {
            TestResponse response = signIn(name, "wrong");
            assertThat(response.status()).isEqualTo(401);
            assertThat(response.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
        }
    }

    private SessionMechanism mechanism(CredentialVerifier check) {
        return desk.mechanism(check, desk.guard);
    }

    private TestResponse signIn(String name, String password) {
        return signIn(TestDesk.anonymous(), name, password);
    }

    private TestResponse signIn(TestRequest request, String name, String password) {
        return TestPage.signIn(mechanism, request, name, password);
    }
}
