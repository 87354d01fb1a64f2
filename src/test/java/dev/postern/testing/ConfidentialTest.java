package dev.postern.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That a secret is found wherever it stands. */
@Tag("G23")
class ConfidentialTest {

    private final TestSessions sessions = new TestSessions();
    private final String token = sessions.begin("ann").token().reveal();
    private final byte[] secret = Arrays.copyOfRange(Base64.getUrlDecoder().decode(token), 38, 70);
    private final Confidential secrets = new Confidential();

    @BeforeEach
    void add() {
        assertThat(secrets.addToken(token)).isTrue();
        assertThat(secrets.addPassword("correct horse")).isTrue();
    }

    @Test
    void isFoundInEverySpelling() {
        String hexadecimal = HexFormat.of().formatHex(secret);
        assertThat(List.of(
                        token,
                        token.substring(52, 92),
                        Base64.getEncoder().encodeToString(secret),
                        Base64.getUrlEncoder().encodeToString(secret),
                        hexadecimal,
                        hexadecimal.toUpperCase(Locale.ROOT),
                        "correct horse"))
                .allSatisfy(planted -> {
                    assertThat(secrets.find(planted)).isPresent();
                    assertThat(secrets.find("INFO: Cookie: x=" + planted + "; Path=/"))
                            .isPresent();
                    assertThat(secrets.find("x".repeat(90) + planted + "x".repeat(90)))
                            .isPresent();
                    assertThat(secrets.find(planted).orElseThrow()).doesNotContain(planted);
                });
    }

    @Test
    void isNotTakenForWhatMayBeShown() {
        String other = sessions.begin("ann").token().reveal();

        assertThat(List.of("", "ann", token.substring(0, 51), token.substring(93), other, "correct", "horse"))
                .allSatisfy(text -> assertThat(secrets.find(text)).isEmpty());
    }

    @Test
    void isTakenInOnce() {
        assertThat(secrets.addToken(token)).isFalse();
        assertThat(secrets.addToken("no token")).isFalse();
        assertThat(secrets.addToken(token.substring(4))).isFalse();
        assertThat(secrets.addPassword("correct horse")).isFalse();
        assertThat(secrets.addPassword("guess")).isFalse();
        assertThat(secrets.tokens()).isEqualTo(1);
    }
}
