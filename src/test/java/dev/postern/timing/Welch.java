package dev.postern.timing;

/**
 * Two series of numbers, and by how much their means differ: Welch's t, which is about 0 for numbers of one kind, and grows with the
 * square root of their count when they are of two.
 *
 * <p>For one thread.
 */
final class Welch {

    private final Series[] series = {new Series(), new Series()};

    /** Adds a number to the first series, 0, or the second, 1. */
    void add(int which, double number) {
        series[which].add(number);
    }

    /** Welch's t; 0 as long as there is nothing to compare. */
    double t() {
        double spread = series[0].squaredError() + series[1].squaredError();
        return spread > 0 ? (series[0].mean - series[1].mean) / Math.sqrt(spread) : 0;
    }

    long count() {
        return series[0].count + series[1].count;
    }

    /** Mean and variance in one pass, after Welford. */
    private static final class Series {

        private long count;
        private double mean;
        private double squares;

        void add(double number) {
            count++;
            double distance = number - mean;
            mean += distance / count;
            squares += distance * (number - mean);
        }

        double squaredError() {
            return count < 2 ? 0 : squares / (count - 1) / count;
        }
    }
}
