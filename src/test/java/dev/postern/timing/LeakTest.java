package dev.postern.timing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the measurement finds what it is there for. */
@Tag("G20")
class LeakTest {

    private static final int BYTES = 8 * 1024;

    @Test
    void findsAComparisonThatEndsAtTheFirstDifference() {
        byte[] secret = new byte[BYTES];
        byte[][] guesses = {new byte[BYTES], new byte[BYTES]};
        guesses[0][0] = 1;
        guesses[1][BYTES - 1] = 1;

        double t = new Leak(20_000, 1).of(kind -> endsAtTheFirstDifference(secret, guesses[kind]));

        assertThat(t).isGreaterThan(10 * Leak.THRESHOLD);
    }

    @Test
    void findsADifferenceThatAFewSlowCallsHide() {
        int calls = 20_000;
        long[] kinds = new long[calls];
        long[] times = new long[calls];
        for (int call = 0; call < calls; call++) {
            kinds[call] = call % 2;
            times[call] = 100L + kinds[call] + (call % 100 == 0 ? 1_000_000 : call % 7);
        }

        assertThat(Leak.largest(kinds, times)).isGreaterThan(Leak.THRESHOLD);
    }

    @Test
    void findsNothingInTimesThatHaveNothingToDoWithTheKind() {
        int calls = 20_000;
        long[] kinds = new long[calls];
        long[] times = new long[calls];
        for (int call = 0; call < calls; call++) {
            kinds[call] = call / 3 % 2;
            times[call] = 100L + call % 3;
        }

        assertThat(Leak.largest(kinds, times)).isLessThan(Leak.THRESHOLD);
    }

    private static boolean endsAtTheFirstDifference(byte[] secret, byte[] guess) {
        for (int i = 0; i < secret.length; i++) {
            if (secret[i] != guess[i]) {
                return false;
            }
        }
        return true;
    }
}
