package dev.postern.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginTest {

    private final LiveSession live = new TestSessions().begin("ann");

    @Test
    void isWhatTheMechanismLeftAndAnonymousWhenItLeftNothing() {
        Login login = new Login.SignedIn(live);

        assertThat(Login.of(login)).isSameAs(login);
        assertThat(Login.of(null)).isEqualTo(new Login.Anonymous());
        assertThat(Login.of("ann")).isEqualTo(new Login.Anonymous());
    }

    @Test
    void hasASessionOnlyWhereOneWasFound() {
        assertThat(new Login.SignedIn(live).session()).contains(live);
        assertThat(new Login.Anonymous().session()).isEmpty();
    }
}
