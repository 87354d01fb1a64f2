package dev.postern.bench.http;

import dev.postern.bench.Machine;
import dev.postern.bench.http.Comparison.Measure;
import dev.postern.it.Rig;
import dev.postern.it.rig.report.Chart;
import dev.postern.it.rig.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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

            """;
    private static final String EXPLANATION = """

            In brackets, and under *ratio* below: how much of the honest floor's speed is left, where 1 is all of it. A goal is stated by this, from the processor time
            of the server, because the generator of the load shares the processors.

            ## How it was measured

            %s

            %s
            The ways have their turns in another order in each round, after a warm-up of %s; %d connections to each node, kept alive. Busy users ask again as
            soon as a connection is free. The others ask at a steady pace, so the processor time of an idle server is a larger part of each of their requests.
            One application (a JAX-RS resource of a few bytes that needs a role), deployed once for each way on the same processes.
            Every answer was 200 with the right user's name. With two nodes each request of a user goes to another node than the last, but for (e2).
            Postern's settings are its defaults but for what a way names and a longer `cache.timeout`, which costs nothing.

            The letters:

            %s
            * **requests/s**: what was reached. Where users ask at a steady pace, it is their number.
            * **server CPU**: processor time of all nodes for each request, in microseconds; what the generator takes is not in it.
            * **ratios** are to (b2), more is better: requests/s by those of (b2), and the CPU of (b2) by that of the way. Ratios of medians; in brackets
              the least and the greatest of the rounds.
            * **latency** in microseconds, of all rounds; a connection waits for its answer, so that a slow one delays the next request.
            """;
    private static final String SMOKE =
            "**The rounds were too short to measure anything; this run shows only that the benchmark works.**\n\n";
    private static final String TABLE = """

            ## %s, %s, %s

            | way | requests/s | ratio | server CPU, µs | ratio | p50 | p90 | p99 | p99.9 |
            |--|--|--|--|--|--|--|--|--|
            """;
    private static final String GOALS = """

            | goal | by server CPU |
            |--|--|
            """;

    private final Path directory;
    private final BenchPlan plan;
    private final List<Comparison> outcomes = new ArrayList<>();
    private final StringBuilder sections = new StringBuilder();

    BenchReport(Path directory, BenchPlan plan) {
        this.directory = directory;
        this.plan = plan;
    }

    void add(Comparison outcome) throws IOException {
        outcomes.add(outcome);
        sections.append(TABLE.formatted(
                outcome.server(), outcome.nodesInWords(), outcome.users().title()));
        measured(outcome).map(variant -> row(outcome, variant)).forEach(sections::append);
        sections.append(String.format(
                Locale.ROOT,
                "%nThe generator took %.0f µs of processor time for each request to (b2). Idle, with the applications of all ways, the"
                        + " nodes took %.0f µs in a second, which is in the figures of all.%n",
                outcome.generatorCpu(Variant.HONEST_FLOOR).median(),
                outcome.idleCpu()));
        sections.append(plan.isSmoke() ? "" : goals(outcome));
        addChart(outcome);
        Files.writeString(
                directory.resolve("report.md"),
                HEAD.formatted(plan.isSmoke() ? SMOKE : "")
                        + new FirstTable(outcomes)
                        + EXPLANATION.formatted(machine(), rounds(), plan.warmUp(), plan.connections(), letters())
                        + sections);
    }

    private static String machine() throws IOException {
        return Machine.description() + ", for servers and generator; servers with `" + Rig.value("bench.http.jvm")
                + "`; in the applications on WildFly "
                + Rig.path("it.hazelcast.jar").getFileName();
    }

    private String rounds() {
        return plan.users().stream()
                .map(users -> users.title() + ": " + users.rounds() + " rounds of " + users.length() + " for each way.")
                .collect(Collectors.joining("\n"));
    }

    private static String letters() {
        Table letters = new Table("", "");
        Stream.of(Variant.values()).forEach(variant -> letters.row("(" + variant.letter() + ")", variant.title()));
        return letters.toString();
    }

    private static Stream<Variant> measured(Comparison outcome) {
        return Stream.of(Variant.values()).filter(outcome::has);
    }

    private static String goals(Comparison outcome) {
        StringBuilder rows = new StringBuilder(GOALS);
        VariantGoal.all().stream()
                .filter(goal -> goal.isOn(outcome))
                .forEach(goal -> rows.append("| ")
                        .append(goal.title())
                        .append(" | ")
                        .append(goal.verdict(outcome))
                        .append(" |\n"));
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
        for (Variant variant : measured(outcome).toList()) {
            Series cpu = outcome.serverCpu(variant);
            String label = "(" + variant.letter() + ") " + variant.title();
            bars.add(new Chart.Bar(label, cpu.median(), cpu.least(), cpu.greatest()));
        }
        String file =
                outcome.server() + "-" + outcome.nodes() + "-" + outcome.users().fileName() + ".svg";
        String title = "Server CPU for each request, µs: " + outcome.server() + ", " + outcome.nodesInWords() + ", "
                + outcome.users().title();
        Files.writeString(directory.resolve(file), Chart.bars(title, bars));
        sections.append("\n![").append(title).append("](").append(file).append(")\n");
    }
}
