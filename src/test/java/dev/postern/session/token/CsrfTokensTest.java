package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-79")
class CsrfTokensTest {

    private static final String OLD = key();
    private static final String NEW = key();
    private static final String INDEX = key();

    private final TokenMint mint = mint("shop", "1:" + OLD);
    private final Token token = mint.first(mint.userHandle("ann"));
    private final String value = mint.csrfTokens().of(token);

    @Test
    void belongToOneSessionAndStayTheSameWhileItsTokenIsRenewed() {
        Token successor = mint.successor(token, 2);
        Token other = mint.first(mint.userHandle("ann"));

        assertThat(value).matches("[A-Za-z0-9_-]{44}");
        assertThat(mint.csrfTokens().of(successor)).isEqualTo(value);
        assertThat(mint.csrfTokens().of(other)).isNotEqualTo(value);
        assertThat(mint.csrfTokens().isOf(token.session(), value)).isTrue();
        assertThat(mint.csrfTokens().isOf(other.session(), value)).isFalse();
    }

    @Test
    @Tag("S-42")
    void belongToOneNamespace() {
        TokenMint other = mint("shop2", "1:" + OLD);

        assertThat(other.csrfTokens().isOf(token.session(), value)).isFalse();
        assertThat(other.csrfTokens().of(token)).isNotEqualTo(value);
    }

    @Test
    void openNothingAndAreNoPartOfAToken() {
        byte[] mac = Arrays.copyOfRange(Base64.getUrlDecoder().decode(value), 1, 17);
        byte[] tag = Arrays.copyOfRange(Base64.getUrlDecoder().decode(token.reveal()), 70, 86);

        assertThat(mint.parse(value)).isEmpty();
        assertThat(mint.parse(value + value + value.substring(0, 27))).isEmpty();
        assertThat(mac).isNotEqualTo(tag);
    }

    @Test
    @Tag("S-45")
    void lastAsLongAsTheirKeyVerifies() {
        TokenMint rotated = mint("shop", "2:" + NEW + ",1:" + OLD);
        TokenMint retired = mint("shop", "2:" + NEW);

        assertThat(rotated.csrfTokens().isOf(token.session(), value)).isTrue();
        assertThat(retired.csrfTokens().isOf(token.session(), value)).isFalse();
    }

    /** Nodes are restarted one after the other: the former ones know the token's key, and not yet the new one. */
    @Test
    @Tag("S-45")
    void areMadeWithTheKeyOfTheTokenSoThatWhoTakesTheOneTakesTheOther() {
        TokenMint rotated = mint("shop", "2:" + NEW + ",1:" + OLD);
        Token renewed = rotated.successor(token, 2);

        assertThat(mint.csrfTokens().isOf(token.session(), rotated.csrfTokens().of(token)))
                .isTrue();
        assertThat(mint.parse(renewed.reveal())).isEmpty();
        assertThat(mint.csrfTokens().isOf(token.session(), rotated.csrfTokens().of(renewed)))
                .isFalse();
        assertThat(rotated.csrfTokens()
                        .isOf(token.session(), rotated.csrfTokens().of(renewed)))
                .isTrue();
    }

    @Test
    void areMadeWithTheSigningKeyWhereTheTokensKeyHasGone() {
        TokenMint retired = mint("shop", "2:" + NEW);

        assertThat(retired.csrfTokens()
                        .isOf(token.session(), retired.csrfTokens().of(token)))
                .isTrue();
    }

    @Test
    @Tag("S-20")
    void areNothingWithOneLetterChangedAddedOrLeftOut() {
        for (int i = 0; i < value.length(); i++) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            refuses(value.substring(0, i) + other + value.substring(i + 1));
        }
        refuses("");
        refuses(value.substring(1));
        refuses(value + "A");
        refuses(value.substring(0, 43) + "=");
        refuses(value.substring(0, 43) + " ");
        refuses("+".repeat(44));
    }

    private void refuses(String text) {
        assertThat(mint.csrfTokens().isOf(token.session(), text)).as(text).isFalse();
    }

    private static TokenMint mint(String namespace, String ring) {
        return new TokenMint(namespace, () -> KeyRing.parse(ring, INDEX), new SecureRandom());
    }

    private static String key() {
        byte[] bytes = new byte[KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
