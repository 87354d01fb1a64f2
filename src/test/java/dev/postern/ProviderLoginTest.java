package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of a sign-in at an identity provider. */
@Tag("S-18")
class ProviderLoginTest {

    private static final ProviderLogin LOGIN =
            new ProviderLogin("https://id.example", "a1", Optional.of("sid1"), Instant.parse("2026-11-01T12:00:00Z"));

    @Test
    void isFoundInTheAttributesOfItsUser() {
        ProvenUser user = ProvenUser.of("ann").with("mail", "ann@shop.example").by(LOGIN);

        assertThat(ProviderLogin.in(user.attributes())).contains(LOGIN);
        assertThat(user.attributes()).containsEntry("mail", "ann@shop.example");
        assertThat(ProviderLogin.in(Map.of())).isEmpty();
    }

    @Test
    void attributesOfTheApplicationAreNotTakenForIt() {
        assertThat(LOGIN.attributes().keySet()).allMatch(name -> name.startsWith("postern."));
    }

    @Test
    void textsThatCannotBeReadAreNone() {
        for (String time : List.of("", "now", "9".repeat(30), Long.toString(Long.MAX_VALUE))) {
            Map<String, String> attributes = new HashMap<>(LOGIN.attributes());
            attributes.put("postern.openid-issued-at", time);
            assertThat(ProviderLogin.in(attributes)).as(time).isEmpty();
        }
        for (String text : List.of("", "a\ud800", "a".repeat(ProviderLogin.MOST_CHARACTERS + 1))) {
            Map<String, String> attributes = new HashMap<>(LOGIN.attributes());
            attributes.put("postern.openid-subject", text);
            assertThat(ProviderLogin.in(attributes)).isEmpty();
            assertThatThrownBy(() -> new ProviderLogin(text, "a1", Optional.empty(), Instant.EPOCH))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void laterOneWithoutASessionReplacesTheFormer() {
        ProviderLogin later = new ProviderLogin(LOGIN.issuer(), "a1", Optional.empty(), LOGIN.issuedAt());

        assertThat(ProviderLogin.in(ProvenUser.of("ann").by(LOGIN).by(later).attributes()))
                .contains(later);
    }
}
