package dev.postern.bench;

import java.util.Optional;

/**
 * What a figure is to come to: a ratio to another one, or a value by itself; at least or at most so much.
 *
 * <p>Immutable.
 */
record Goal(String words, String figure, Optional<String> other, boolean isAtLeast, double bound) {

    /** The first is to take at most so many times what the other one takes. */
    static Goal atMost(String words, String figure, String other, double times) {
        return new Goal(words, figure, Optional.of(other), false, times);
    }

    /** The first is to take at least so many times what the other one takes. */
    static Goal atLeast(String words, String figure, String other, double times) {
        return new Goal(words, figure, Optional.of(other), true, times);
    }

    static Goal atMost(String words, String figure, double value) {
        return new Goal(words, figure, Optional.empty(), false, value);
    }

    /** A row of the table. */
    String row(Figures figures) {
        Optional<Double> value = value(figures);
        String verdict = value.map(reached -> (isAtLeast ? reached >= bound : reached <= bound) ? "met" : "**missed**")
                .orElse("not measured");
        return String.join(
                " | ",
                "| " + words,
                (isAtLeast ? "≥ " : "≤ ") + Figure.text(bound),
                value.map(Figure::text).orElse("–"),
                verdict + " |");
    }

    private Optional<Double> value(Figures figures) {
        Optional<Double> median = figures.of(figure).map(Figure::median);
        return other.isPresent()
                ? median.flatMap(first -> figures.of(other.get()).map(second -> first / second.median()))
                : median;
    }
}
