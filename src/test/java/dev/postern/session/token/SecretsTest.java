package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What tokens, secrets and keys show of themselves, and how they compare. */
class SecretsTest {

    private static final String INDEX = key();
    private static final String KEY = key();

    private final KeyRing ring = KeyRing.parse("1:" + KEY, INDEX);
    private final TokenMint mint = new TokenMint("shop", () -> ring, new SecureRandom());
    private final Token token = mint.first(mint.userHandle("ann"));

    @Test
    @Tag("X-21")
    void areNotShownInText() {
        assertThat(token.toString())
                .doesNotContain(token.reveal().substring(48))
                .contains(token.session().text());
        assertThat(Secret.of(new byte[32])).hasToString("Secret[hidden]");
        assertThat(token.hash()).hasToString("SecretHash[hidden]");
        assertThat(ring).hasToString("KeyRing[1 keys, hidden]");
    }

    @Test
    void areEqualWhenTheirHashesAre() {
        SecretHash hash = Secret.of(new byte[32]).hash();

        assertThat(hash)
                .isEqualTo(Secret.of(new byte[32]).hash())
                .hasSameHashCodeAs(Secret.of(new byte[32]).hash())
                .isNotEqualTo(token.hash())
                .doesNotHaveSameHashCodeAs(token.hash());
    }

    @Test
    void belongToOneUser() {
        assertThat(token.isOfAnotherUser(mint.first(mint.userHandle("ann")))).isFalse();
        assertThat(token.isOfAnotherUser(mint.first(mint.userHandle("bob")))).isTrue();
    }

    private static String key() {
        byte[] key = new byte[KeyRing.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
