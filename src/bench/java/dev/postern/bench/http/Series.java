package dev.postern.bench.http;

import java.util.List;
import java.util.Locale;

/**
 * A figure of each round: their median, their least and their greatest.
 *
 * @param median of an even number it is the mean of the two in the middle
 */
record Series(double median, double least, double greatest) {

    /** Of at least one round. */
    static Series of(List<Double> rounds) {
        List<Double> sorted = rounds.stream().sorted().toList();
        int size = sorted.size();
        double median = (sorted.get((size - 1) / 2) + sorted.get(size / 2)) / 2;
        return new Series(median, sorted.get(0), sorted.get(size - 1));
    }

    /** The median with that many decimals, and the rounds' range in brackets. */
    String text(int decimals) {
        String number = "%." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median, least, greatest);
    }
}
