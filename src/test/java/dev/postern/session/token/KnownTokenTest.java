package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KnownTokenTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[KeyRing.KEY_BYTES]);
    private static final KeyRing RING = KeyRing.parse("1:" + KEY, KEY);
    private static final KeyRing OTHER = KeyRing.parse("255:" + KEY, KEY);

    private final TokenMint mint = new TokenMint("shop", () -> RING, new SecureRandom());
    private final Token token = mint.first(mint.userHandle("ann"));
    private final KnownToken known = KnownToken.of(token);

    @Test
    void recognisesItsOwnTextAsTheMintDoes() {
        Token again = known.in(token.reveal()).orElseThrow();

        assertThat(again).usingRecursiveComparison().isEqualTo(token);
        assertThat(again.hash()).isEqualTo(token.hash());
    }

    @Test
    @Tag("X-21")
    void recognisesNoOtherTextOfTheSameLength() {
        String text = token.reveal();
        for (int at = 0; at < text.length(); at++) {
            for (char other : new char[] {'A', 'B', '?', '\u0141', '\0'}) {
                String changed = text.substring(0, at) + other + text.substring(at + 1);
                assertThat(known.in(changed).isPresent()).as(changed).isEqualTo(changed.equals(text));
            }
        }
        assertThat(known.in(text.substring(1))).isEmpty();
        assertThat(known.in(text + "A")).isEmpty();
        assertThat(known.in("")).isEmpty();
    }

    @Test
    void recognisesNoOtherTokenOfTheSession() {
        assertThat(known.in(mint.successor(token, 1).reveal())).isEmpty();
        assertThat(known.in(mint.successor(token, 2).reveal())).isEmpty();
    }

    @Test
    void findsAllTokensOfTheSessionByTheSamePart() {
        TokenMint withAnotherKey = new TokenMint("shop", () -> OTHER, new SecureRandom());
        String part = KnownToken.sessionPart(token.reveal());

        assertThat(part).hasSize(42).isEqualTo(known.sessionPart());
        assertThat(KnownToken.sessionPart(token.user(), token.session())).isEqualTo(part);
        assertThat(KnownToken.sessionPart(
                        withAnotherKey.successor(token, Token.MAX_GENERATION).reveal()))
                .isEqualTo(part);
        assertThat(KnownToken.sessionPart(mint.first(token.user()).reveal())).isNotEqualTo(part);
    }

    @Test
    void findsNothingByATextThatIsNoToken() {
        for (String text : new String[] {"", "x", "x".repeat(114), "x".repeat(116), "x".repeat(10_000)}) {
            assertThat(KnownToken.sessionPart(text)).isEmpty();
        }
    }

    @Test
    @Tag("X-21")
    void keepsAndShowsNoSecret() {
        assertThat(known).hasToString("KnownToken[" + token.session() + " generation 1]");
        assertThat(known)
                .usingRecursiveComparison()
                .isNotEqualTo(KnownToken.of(mint.successor(token, token.generation())));
    }
}
