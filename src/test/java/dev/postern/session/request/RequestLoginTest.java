package dev.postern.session.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.TestSessions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RequestLoginTest {

    private final LiveSession live = new TestSessions().begin("ann");

    @Test
    void isWhatTheMechanismLeftAndAnonymousWhenItLeftNothing() {
        RequestLogin login = new RequestLogin.SignedIn(live);

        assertThat(RequestLogin.of(login)).isSameAs(login);
        assertThat(RequestLogin.of(null)).isEqualTo(new RequestLogin.Anonymous());
        assertThat(RequestLogin.of("ann")).isEqualTo(new RequestLogin.Anonymous());
    }

    @Test
    void hasASessionOnlyWhereOneWasFound() {
        assertThat(new RequestLogin.SignedIn(live).session()).contains(live);
        assertThat(new RequestLogin.Anonymous().session()).isEmpty();
    }

    @Test
    @Tag("G11")
    void callerIsUnknownWhileTheGridDoesNotAnswer() {
        RequestLogin unknown = new RequestLogin.Unavailable(new PosternException("no answer"));

        assertThatThrownBy(unknown::session)
                .isInstanceOf(PosternException.class)
                .hasRootCauseMessage("no answer");
        assertThat(unknown.challenge()).isEqualTo(Challenge.VALUE);
    }
}
