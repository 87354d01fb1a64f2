package dev.postern.timing;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * Measures whether the time that a check takes tells two kinds of inputs apart, as dudect does (Reparaz, Balasch and Verbauwhede,
 * 2017): the kind is drawn anew for each call, and Welch's t is taken of all times, and of those below each of some percentiles, because
 * what interrupts a call is slow and has nothing to do with it. The largest |t| counts.
 *
 * <p>Immutable.
 */
record Leak(int samples, long seed) {

    /** Above this nobody calls a difference chance: dudect's threshold. */
    static final double THRESHOLD = 4.5;

    private static final double[] PERCENTILES = {0.5, 0.7, 0.9, 0.95, 0.99, 1};
    private static final int KINDS = 2;

    /**
     * The largest |t| of the check.
     *
     * @param check does the same work for an input of kind 0 and of kind 1
     */
    double of(IntPredicate check) {
        SplittableRandom random = new SplittableRandom(seed);
        measure(check, random, samples / 10 + 1); // until the compiler is done with it
        long[][] times = measure(check, random, samples);
        return largest(times[0], times[1]);
    }

    /** The kinds and the times of so many calls. */
    private static long[][] measure(IntPredicate check, SplittableRandom random, int calls) {
        long[][] measured = new long[2][calls];
        for (int call = 0; call < calls; call++) {
            int kind = random.nextInt(KINDS);
            long start = System.nanoTime();
            boolean answer = check.test(kind);
            measured[1][call] = System.nanoTime() - start;
            measured[0][call] = kind;
            if (answer) {
                throw new IllegalArgumentException("Both kinds of inputs are refused.");
            }
        }
        return measured;
    }

    static double largest(long[] kinds, long[] times) {
        long[] sorted = times.clone();
        Arrays.sort(sorted);
        double largest = 0;
        for (double percentile : PERCENTILES) {
            long most = sorted[(int) Math.ceil(percentile * sorted.length) - 1];
            largest = Math.max(largest, Math.abs(below(most, kinds, times).t()));
        }
        return largest;
    }

    private static Welch below(long most, long[] kinds, long[] times) {
        Welch welch = new Welch();
        for (int call = 0; call < times.length; call++) {
            if (times[call] <= most) {
                welch.add((int) kinds[call], (double) times[call]);
            }
        }
        return welch;
    }
}
