package dev.postern.bench;

import java.util.List;
import java.util.Locale;

/**
 * What was measured of one thing: the values of all iterations and rounds, and the bytes that were allocated each time.
 *
 * <p>Immutable.
 *
 * @param values microseconds for a time, bytes for a place in the heap; in order, at least one
 * @param allocated bytes; negative when they were not counted
 */
record Figure(List<Double> values, double allocated) {

    Figure {
        values = values.stream().sorted().toList();
    }

    double median() {
        int middle = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
    }

    double least() {
        return values.get(0);
    }

    double greatest() {
        return values.get(values.size() - 1);
    }

    /** A number with as many digits as mean something. */
    static String text(double value) {
        String format = Math.abs(value) >= 100 ? "%.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
