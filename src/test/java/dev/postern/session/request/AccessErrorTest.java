package dev.postern.session.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.PosternException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AccessErrorTest {

    private static final RequestLogin UNKNOWN = new RequestLogin.Unavailable(new PosternException("no answer"));

    @Test
    void callerWithoutAUserIsAskedToSignInWith401AndAChallenge() {
        AccessError error = AccessError.of(new RequestLogin.Anonymous(), false);

        assertThat(error.status()).isEqualTo(401);
        assertThat(error.header()).isEqualTo("WWW-Authenticate");
        assertThat(error.value(new RequestLogin.Anonymous("Postern error=\"expired\"")))
                .isEqualTo("Postern error=\"expired\"");
        assertThat(error.value(new RequestLogin.Anonymous())).isEqualTo(Challenge.VALUE);
        assertThat(error.sentence()).isEqualTo("Sign in first.");
    }

    @Test
    void userWithoutTheRoleIsRefusedWith403AndNoHeader() {
        AccessError error = AccessError.of(new RequestLogin.Anonymous(), true);

        assertThat(error.status()).isEqualTo(403);
        assertThat(error.header()).isEmpty();
        assertThat(error.value(new RequestLogin.Anonymous())).isEmpty();
        assertThat(error.sentence()).isEqualTo("Not allowed.");
    }

    @Test
    @Tag("G11")
    void callerIsNeverAnonymousWhileTheGridDoesNotAnswerButGets503AndARetryAfter() {
        for (boolean hasUser : new boolean[] {true, false}) {
            AccessError error = AccessError.of(UNKNOWN, hasUser);

            assertThat(error.status()).isEqualTo(503);
            assertThat(error.header()).isEqualTo("Retry-After");
            assertThat(error.value(UNKNOWN)).isEqualTo("1");
            assertThat(error.sentence()).isEqualTo("Sessions are not available. Try again.");
        }
    }
}
