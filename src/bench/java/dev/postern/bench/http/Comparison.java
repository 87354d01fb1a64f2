package dev.postern.bench.http;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * What all variants did on one server with so many nodes. Ratios are such that more is better, and 1 is as good as the honest floor; the
 * median of a ratio is the ratio of medians, its range is that of the ratios of each round.
 *
 * <p>Immutable.
 *
 * @param users the load
 * @param idleCpu microseconds of processor time that all nodes together take in a second in which nobody asks
 */
record Comparison(String server, int nodes, UserLoad users, double idleCpu, Map<Variant, List<Round>> rounds) {

    private static final Variant BASE = Variant.HONEST_FLOOR;

    /** By what variants are compared. */
    enum Measure {
        /** Requests per second; the generator's share of the processors is in it. */
        RATE,
        /** Processor time of the nodes for each request. */
        SERVER_CPU
    }

    Series rate(Variant variant) {
        return series(variant, Round::rate);
    }

    Series serverCpu(Variant variant) {
        return series(variant, Round::serverCpuPerRequest);
    }

    Series generatorCpu(Variant variant) {
        return series(variant, Round::generatorCpuPerRequest);
    }

    private Series series(Variant variant, ToDoubleFunction<Round> figure) {
        return Series.of(of(variant).stream().map(figure::applyAsDouble).toList());
    }

    Series ratio(Variant variant, Measure measure) {
        return measure == Measure.RATE
                ? quotient(variant, BASE, Round::rate)
                : quotient(BASE, variant, Round::serverCpuPerRequest);
    }

    private Series quotient(Variant above, Variant below, ToDoubleFunction<Round> figure) {
        Series each = Series.of(IntStream.range(0, of(above).size())
                .mapToObj(i -> figure.applyAsDouble(of(above).get(i))
                        / figure.applyAsDouble(of(below).get(i)))
                .toList());
        double ofMedians =
                series(above, figure).median() / series(below, figure).median();
        return new Series(ofMedians, each.least(), each.greatest());
    }

    /** Of all rounds together. */
    Histogram latency(Variant variant) {
        Histogram sum = new Histogram(Worker.DIGITS);
        of(variant).forEach(round -> sum.add(round.latency()));
        return sum;
    }

    /** Whether the variant was measured. */
    boolean has(Variant variant) {
        return rounds.containsKey(variant);
    }

    String nodesInWords() {
        return nodes == 1 ? "one node" : nodes + " nodes";
    }

    private List<Round> of(Variant variant) {
        return rounds.getOrDefault(variant, List.of());
    }
}
