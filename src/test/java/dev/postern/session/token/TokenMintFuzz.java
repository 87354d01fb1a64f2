package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;

/** Whatever a client sends for a token: nothing comes of it but of the tokens that were issued, and of those the same text. */
class TokenMintFuzz {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[KeyRing.KEY_BYTES]);
    private static final KeyRing RING = KeyRing.parse("1:" + KEY, KEY);

    private final TokenMint mint = new TokenMint("shop", () -> RING, new Random(1));

    /** The only one that stands in the corpus with a valid tag. Nobody can find another without the key. */
    private final String issued = mint.first(mint.userHandle("ann")).reveal();

    @Tag("S-20")
    @Tag("S-69")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void parse(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);

        assertThat(mint.parse(text).map(Token::reveal))
                .isEqualTo(Optional.of(issued).filter(text::equals));
    }
}
