package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;

/** Any text from a client: only issued tokens are parsed, and each has exactly one text. */
class TokenMintFuzz {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[KeyRing.KEY_BYTES]);
    private static final KeyRing RING = KeyRing.parse("1:" + KEY, KEY);

    private final TokenMint mint = new TokenMint("shop", () -> RING, new Random(1));

    /** The only text in the corpus with a valid tag. Without the key no other can be found. */
    private final String issued = mint.first(mint.userHandle("ann")).reveal();

    @Tag("S-20")
    @Tag("S-69")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void parse(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);

        assertThat(mint.parse(text).map(Token::reveal))
                .isEqualTo(Optional.of(issued).filter(text::equals));
        assertThat(mint.parseHalfWay(text)).isEmpty();
    }
}
