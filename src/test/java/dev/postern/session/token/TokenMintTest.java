package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.generation.Generation;
import dev.postern.testing.Race;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TokenMintTest {

    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final String INDEX = base64(32);
    private static final String FIRST = "1:" + base64(32);
    private static final String SECOND = "2:" + base64(32);

    private final TokenMint mint = mint("shop", FIRST);
    private final Handle ann = mint.userHandle("ann");

    @Test
    @Tag("P-90")
    void readsWhatItSigned() {
        Token token = mint.first(ann);

        Token read = mint.parse(token.reveal()).orElseThrow();

        assertThat(read.session()).isEqualTo(token.session());
        assertThat(read.user()).isEqualTo(ann);
        assertThat(read.generation()).isEqualTo(1);
        assertThat(read.hash()).isEqualTo(token.hash());
        assertThat(read.reveal()).isEqualTo(token.reveal());
        assertThat(token.reveal()).hasSize(115).matches("[A-Za-z0-9_-]+");
    }

    @Test
    @Tag("S-43")
    @Tag("P-07")
    void refusesEverySingleFlippedBit() {
        byte[] bytes = Base64.getUrlDecoder().decode(mint.first(ann).reveal());
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(mint.parse(encode(flipped))).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    @Tag("S-20")
    void acceptsOneTextForEachTokenOnly() {
        String text = mint.first(ann).reveal();
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        long accepted = alphabet.chars()
                .filter(last -> mint.parse(text.substring(0, 114) + (char) last).isPresent())
                .count();

        assertThat(accepted).isEqualTo(1);
    }

    @Test
    @Tag("S-20")
    void refusesWhatIsNotItsGrammar() {
        String text = mint.first(ann).reveal();

        assertThat(mint.parse("")).isEmpty();
        assertThat(mint.parse(text.substring(1))).isEmpty();
        assertThat(mint.parse(text + "A")).isEmpty();
        assertThat(mint.parse(text + "=")).isEmpty();
        assertThat(mint.parse('"' + text.substring(2) + '"')).isEmpty();
        assertThat(mint.parse(" ".repeat(115))).isEmpty();
        assertThat(mint.parse("ä".repeat(115))).isEmpty();
        assertThat(mint.parse("A".repeat(115))).isEmpty();
    }

    @Test
    @Tag("P-16")
    @Tag("S-42")
    @Tag("S-44")
    void refusesTheTokenOfAnotherNamespaceUnderTheSameKeys() {
        String text = mint.first(ann).reveal();

        assertThat(mint("shop", FIRST).parse(text)).isPresent();
        assertThat(mint("sho", FIRST).parse(text)).isEmpty();
        assertThat(mint("shops", FIRST).parse(text)).isEmpty();
    }

    @Test
    @Tag("X-16")
    @Tag("S-14")
    @Tag("S-45")
    void acceptsTheFormerKeyUntilItIsRetired() {
        String old = mint("shop", FIRST).first(ann).reveal();
        TokenMint both = mint("shop", SECOND + "," + FIRST);

        assertThat(both.parse(old)).isPresent();
        assertThat(mint("shop", FIRST).parse(both.first(ann).reveal())).isEmpty();
        assertThat(mint("shop", SECOND).parse(old)).isEmpty();
    }

    @Test
    @Tag("S-43")
    void refusesAnotherKeyUnderTheSameId() {
        String text = mint.first(ann).reveal();

        assertThat(mint("shop", "1:" + base64(32)).parse(text)).isEmpty();
    }

    @Test
    @Tag("S-05")
    @Tag("S-06")
    @Tag("S-67")
    @Tag("S-76")
    void neverDrawsTheSameTwice() {
        Set<String> texts = new HashSet<>();
        Set<Handle> sessions = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            Token token = mint.first(ann);
            texts.add(token.reveal());
            sessions.add(token.session());
        }

        assertThat(texts).hasSize(20_000);
        assertThat(sessions).hasSize(20_000);
    }

    @Test
    @Tag("S-49")
    void neverDrawsTheSameTwiceOnManyThreads() throws Exception {
        List<List<String>> drawn = Race.of(
                16,
                racer -> Stream.generate(() -> mint.first(ann).reveal())
                        .limit(2_000)
                        .toList());

        assertThat(drawn.stream().flatMap(List::stream)).doesNotHaveDuplicates().hasSize(32_000);
    }

    @Test
    @Tag("P-26")
    void namesAUserAlwaysTheSameAndTwoUsersNever() {
        assertThat(mint.userHandle("ann")).isEqualTo(ann);
        assertThat(mint("shop", SECOND).userHandle("ann"))
                .as("another signing key")
                .isEqualTo(ann);
        assertThat(mint.userHandle("Anna")).isNotEqualTo(ann);
        assertThat(mint.userHandle("ANN ")).isEqualTo(ann);
        assertThat(mint.userHandle("ann.")).isNotEqualTo(ann);
        assertThat(mint("other", FIRST).userHandle("ann")).isNotEqualTo(ann);
    }

    @Test
    void refusesANumberThatIsNeverGivenOut() {
        Token token = mint.first(ann);

        assertThat(mint.parse(mint.successor(token, 0).reveal())).isEmpty();
        assertThat(mint.parse(mint.successor(token, Generation.LAST).reveal())).isPresent();
        assertThat(mint.parse(mint.successor(token, Generation.LAST + 1).reveal()))
                .isEmpty();
    }

    private static TokenMint mint(String namespace, String ring) {
        KeyRing keys = KeyRing.parse(ring, INDEX);
        return new TokenMint(namespace, () -> keys, RANDOM);
    }

    private static String base64(int bytes) {
        byte[] key = new byte[bytes];
        RANDOM.nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
