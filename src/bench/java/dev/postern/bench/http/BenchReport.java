package dev.postern.bench.http;

import dev.postern.bench.Machine;
import dev.postern.bench.http.Comparison.Measure;
import dev.postern.it.Rig;
import dev.postern.it.rig.report.Chart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The report and its pictures, written anew after each server and number of nodes.
 *
 * <p>For one thread.
 */
final class BenchReport {

    private static final String HEAD = """
            # HTTP: what a request costs whose caller is known

            %s

            %d rounds of %s for each variant, in another order each time, after a warm-up of %s; %d connections to each node, kept alive,
            %d users. One application (a JAX-RS resource of a few bytes that needs a role), deployed once for each variant on the same
            processes. Every answer was 200 with the right user's name. With two nodes each request of a user goes to another node than the last.
            Postern's settings are its defaults but for what a variant names and a longer `cache.timeout`, which costs nothing.

            * **requests/s**: what the closed loop reached. Generator and servers share the processors, so it blurs what the server costs.
            * **server CPU**: processor time of all nodes for each request, in microseconds; what the generator takes is not in it.
            * **ratios** are to the floor (b), more is better: requests/s by the floor's, and the floor's CPU by that of the variant. Ratios of medians; in brackets
              the least and the greatest of the rounds.
            * **latency** in microseconds, of all rounds; the loop is closed, so that a slow answer delays the next request.
            """;
    private static final String SMOKE =
            "\n**The rounds were too short to measure anything; this run shows only that the benchmark works.**\n";
    private static final String TABLE = """

            ## %s, %s

            | variant | requests/s | ratio | server CPU, µs | ratio | p50 | p90 | p99 | p99.9 |
            |--|--|--|--|--|--|--|--|--|
            """;
    private static final String GOALS = """

            | goal | by requests/s | by server CPU |
            |--|--|--|
            """;

    private final Path directory;
    private final boolean isSmoke;
    private final StringBuilder text = new StringBuilder();

    BenchReport(Path directory, BenchPlan plan) throws IOException {
        this.directory = directory;
        this.isSmoke = plan.isSmoke();
        text.append(HEAD.formatted(
                Machine.description()
                        + ", for servers and generator; servers with `" + Rig.value("bench.http.jvm")
                        + "`; in the applications on WildFly "
                        + Rig.path("it.hazelcast.jar").getFileName(),
                plan.rounds(),
                plan.length(),
                plan.warmUp(),
                plan.connections(),
                plan.users()));
        text.append(isSmoke ? SMOKE : "");
    }

    void add(Comparison outcome) throws IOException {
        text.append(TABLE.formatted(outcome.server(), nodes(outcome)));
        Stream.of(Variant.values()).map(variant -> row(outcome, variant)).forEach(text::append);
        text.append(String.format(
                Locale.ROOT,
                "%nThe generator took %.0f µs of processor time for each request to the floor. Idle, with the applications of all variants, the"
                        + " nodes took %.0f µs in a second, which is in the figures of all.%n",
                outcome.generatorCpu(Variant.FLOOR).median(),
                outcome.idleCpu()));
        text.append(isSmoke ? "" : goals(outcome));
        addChart(outcome);
        Files.writeString(directory.resolve("report.md"), text);
    }

    private static String goals(Comparison outcome) {
        StringBuilder rows = new StringBuilder(GOALS);
        for (VariantGoal goal : VariantGoal.all()) {
            rows.append("| ").append(goal.title()).append(" | ");
            rows.append(goal.verdict(outcome, Measure.RATE)).append(" | ");
            rows.append(goal.verdict(outcome, Measure.SERVER_CPU)).append(" |\n");
        }
        return rows.toString();
    }

    private static String row(Comparison outcome, Variant variant) {
        Histogram latency = outcome.latency(variant);
        String percentiles = String.join(
                " | ",
                Stream.of(50.0, 90.0, 99.0, 99.9)
                        .map(part -> Long.toString(latency.getValueAtPercentile(part) / 1000))
                        .toList());
        return String.format(
                Locale.ROOT,
                "| (%s) %s | %.0f | %s | %.0f | %s | %s |%n",
                variant.letter(),
                variant.title(),
                outcome.rate(variant).median(),
                outcome.ratio(variant, Measure.RATE).text(2),
                outcome.serverCpu(variant).median(),
                outcome.ratio(variant, Measure.SERVER_CPU).text(2),
                percentiles);
    }

    private void addChart(Comparison outcome) throws IOException {
        List<Chart.Bar> bars = new ArrayList<>();
        for (Variant variant : Variant.values()) {
            Series cpu = outcome.serverCpu(variant);
            String label = "(" + variant.letter() + ") " + variant.title();
            bars.add(new Chart.Bar(label, cpu.median(), cpu.least(), cpu.greatest()));
        }
        String file = outcome.server() + "-" + outcome.nodes() + ".svg";
        String title = "Server CPU for each request, µs: " + outcome.server() + ", " + nodes(outcome);
        Files.writeString(directory.resolve(file), Chart.bars(title, bars));
        text.append("\n![").append(title).append("](").append(file).append(")\n");
    }

    private static String nodes(Comparison outcome) {
        return outcome.nodes() == 1 ? "one node" : outcome.nodes() + " nodes";
    }
}
