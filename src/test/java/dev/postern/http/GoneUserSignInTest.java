package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.CurrentUserLoader;
import dev.postern.SessionEvent.SignInFailed;
import dev.postern.session.TestSessions;
import dev.postern.session.request.UserLookup;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The right password of a user whom the identity store still knows and the application no longer does: it says no more than a wrong one. */
@Tag("S-37")
class GoneUserSignInTest {

    private final Staff staff = new Staff();
    private final TestDesk desk =
            new TestDesk(UserLookup.of(staff, Duration.ZERO, new TestSessions().mint()::userHandle, () -> 0));
    private final SessionMechanism mechanism = desk.mechanism(desk.check(this::validate), desk.guard);

    /** The application's own users. */
    private static final class Staff implements CurrentUserLoader<String> {

        private boolean isGone;
        private boolean isBroken;
        private int asked;

        @Override
        public Optional<String> load(String name) {
            asked++;
            if (isBroken) {
                throw new IllegalStateException("The database is down.");
            }
            return isGone ? Optional.empty() : Optional.of(name);
        }

        @Override
        public Set<String> roles(String user) {
            return Set.of("clerk");
        }
    }

    private CredentialValidationResult validate(Credential credential) {
        desk.stopwatch.pass(Duration.ofMillis(50));
        UsernamePasswordCredential login = (UsernamePasswordCredential) credential;
        return login.getPasswordAsString().equals("right")
                ? new CredentialValidationResult(login.getCaller(), Set.of())
                : CredentialValidationResult.INVALID_RESULT;
    }

    @Test
    @Tag("P-121")
    void rightPasswordIs401AfterTheSameTimeAsAWrongOneAndIsToldOf() {
        staff.isGone = true;
        long began = desk.stopwatch.nanoTime();

        TestResponse response = signIn("right");

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.stopwatch.since(began)).isEqualTo(Duration.ofMillis(125));
        assertThat(desk.events).singleElement().isInstanceOf(SignInFailed.class);
        assertThat(staff.asked).isEqualTo(1);
    }

    @Test
    @Tag("S-22")
    void rightPasswordsCountLikeWrongOnesAndForgiveNothing() {
        staff.isGone = true;
        for (int tries = 0; tries < 5; tries++) {
            assertThat(signIn(tries % 2 == 0 ? "right" : "wrong").status()).isEqualTo(401);
        }

        assertThat(signIn("right").status()).isEqualTo(429);
        assertThat(signIn("wrong").status()).isEqualTo(429);
    }

    @Test
    @Tag("S-66")
    void rightPasswordIs503WhenTheApplicationCannotSayWhoItIs() {
        staff.isBroken = true;

        TestResponse response = signIn("right");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.events).isEmpty();
    }

    @Test
    void userWhomTheApplicationKnowsIsAskedForOnce() {
        assertThat(signIn("right").status()).isEqualTo(200);
        assertThat(staff.asked).isEqualTo(1);
    }

    private TestResponse signIn(String password) {
        return TestPage.signIn(mechanism, TestDesk.anonymous(), "ann", password);
    }
}
