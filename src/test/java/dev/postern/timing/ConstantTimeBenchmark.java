package dev.postern.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import dev.postern.session.token.TestSecrets;
import dev.postern.session.token.TokenMint;
import java.util.Base64;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The checks whose time must not tell how much of a guess is right; beside each the same check with a comparison that ends at the
 * first difference, which has to be found out. A measurement, and no test that holds on any machine at any time: {@code mvn -Ptiming
 * verify} takes a million samples.
 */
@Tag("S-46")
@Tag("G20")
class ConstantTimeBenchmark {

    private static final Leak LEAK = new Leak(Integer.getInteger("test.timing.samples", 10_000), System.nanoTime());

    /** One call is too short for the clock. */
    private static final int CALLS_A_SAMPLE = 16;

    private final TestSessions sessions = new TestSessions();
    private final byte[] token =
            Base64.getUrlDecoder().decode(sessions.begin("ann").token().reveal());
    private final byte[][] tokens = {
        withWrong(token, token.length - TestSecrets.TAG_BYTES), withWrong(token, token.length - 1)
    };
    private final String[] texts = {text(tokens[0]), text(tokens[1])};
    private final byte[] hash = new byte[TestSecrets.HASH_BYTES];
    private final byte[][] hashes = {withWrong(hash, 0), withWrong(hash, hash.length - 1)};

    @Test
    void tagCheckTakesNoLongerWhenOnlyItsLastByteIsWrong() {
        TokenMint mint = sessions.mint();

        assertThat(t("tag check", kind -> mint.parse(texts[kind]).isPresent())).isLessThan(Leak.THRESHOLD);
        assertThat(t("leaking tag check", kind -> mint.parse(texts[kind]).isPresent() || isEqual(token, tokens[kind])))
                .isGreaterThan(Leak.THRESHOLD);
    }

    @Test
    void comparisonOfHashesTakesNoLongerWhenOnlyTheLastByteIsWrong() {
        Object stored = TestSecrets.hash(hash);
        Object[] guesses = {TestSecrets.hash(hashes[0]), TestSecrets.hash(hashes[1])};

        assertThat(t("secret hash", kind -> stored.equals(guesses[kind]))).isLessThan(Leak.THRESHOLD);
        assertThat(t("leaking secret hash", kind -> isEqual(hash, hashes[kind])))
                .isGreaterThan(Leak.THRESHOLD);
    }

    private static double t(String name, IntPredicate check) {
        double t = LEAK.of(kind -> {
            boolean answer = false;
            for (int call = 0; call < CALLS_A_SAMPLE; call++) {
                answer |= check.test(kind);
            }
            return answer;
        });
        System.out.printf("%s: |t| = %.2f over %d samples%n", name, t, LEAK.samples());
        return t;
    }

    private static boolean isEqual(byte[] secret, byte[] guess) {
        for (int i = 0; i < secret.length; i++) {
            if (secret[i] != guess[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] withWrong(byte[] right, int position) {
        byte[] wrong = right.clone();
        wrong[position] ^= 1;
        return wrong;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
