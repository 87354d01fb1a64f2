package dev.postern.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WelchTest {

    /** Means 2 and 4, variances 1 and 4: -2 / sqrt(1/3 + 4/3). */
    @Test
    void isTheDifferenceOfTheMeansByTheErrorOfBoth() {
        Welch welch = new Welch();
        for (double number : new double[] {1, 2, 3}) {
            welch.add(0, number);
            welch.add(1, 2 * number);
        }

        assertThat(welch.count()).isEqualTo(6);
        assertThat(welch.t()).isCloseTo(-2 / Math.sqrt(5.0 / 3), within(1e-12));
    }

    @Test
    void isNoughtWhereThereIsNothingToCompare() {
        Welch welch = new Welch();
        assertThat(welch.t()).isZero();

        welch.add(0, 1);
        welch.add(1, 2);

        assertThat(welch.t()).isZero();
    }

    @Test
    void growsWithTheNumbersOfTwoKindsAndNotWithThoseOfOne() {
        assertThat(Math.abs(ofNoise(0, 100_000).t())).isLessThan(Leak.THRESHOLD);
        assertThat(Math.abs(ofNoise(0.1, 100_000).t())).isGreaterThan(2 * Leak.THRESHOLD);
    }

    private static Welch ofNoise(double difference, int count) {
        SplittableRandom random = new SplittableRandom(1);
        Welch welch = new Welch();
        for (int i = 0; i < count; i++) {
            welch.add(i % 2, random.nextDouble() + difference * (i % 2));
        }
        return welch;
    }
}
