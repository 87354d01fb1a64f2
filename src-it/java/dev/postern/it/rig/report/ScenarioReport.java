package dev.postern.it.rig.report;

import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.judge.Call;
import dev.postern.it.rig.judge.Mark;
import dev.postern.it.rig.report.Chart.Event;
import dev.postern.it.rig.report.Chart.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the report that is on the scenarios of one kind of nodes: a table, of which each scenario writes its own row, and their
 * pictures. A scenario that runs again replaces its row.
 *
 * <p>For one thread.
 *
 * @param part the kind of nodes, in the names of files
 * @param title what the nodes are
 */
public record ScenarioReport(String part, String title) {

    private static final String ROW = "row.md";
    private static final String INTRODUCTION = """
            ## Three nodes: %s

            In brackets: on nodes to which nothing was being done at that moment. After those the longest waits, and what the checker found, which
            is a number of sessions.

            """;
    private static final long LEAST_PIECE = 500_000_000;
    private static final int MOST_PIECES = 160;

    /** A line of the table. */
    public record Row(int rounds, String goal, String figure, String verdict) {}

    /** Where a scenario leaves what it writes; empty at first. */
    public Path directory(String scenario) {
        try {
            Path directory = Files.createDirectories(top().resolve(scenario));
            for (Path file : files(directory)) {
                Files.delete(file);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path top() {
        return FaultReport.directory().resolve(part);
    }

    public static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the row of the scenario that has this directory. */
    public void add(Path scenario, Row row) {
        write(
                scenario.resolve(ROW),
                new Table("Scenario", "Rounds", "Goal", "Figure", "Verdict")
                        .row(
                                scenario.getFileName().toString(),
                                Integer.toString(row.rounds),
                                row.goal,
                                row.figure,
                                row.verdict)
                        .toString());
        StringBuilder text = new StringBuilder(INTRODUCTION.formatted(title));
        List<Path> scenarios = files(top()).stream()
                .filter(path -> Files.exists(path.resolve(ROW)))
                .toList();
        scenarios.forEach(path -> text.append(read(path.resolve(ROW), path.equals(scenarios.get(0)) ? 0 : 2)));
        scenarios.forEach(path -> pictures(text, path));
        FaultReport.write(part, text.toString());
    }

    /** All lines of a file but the first few. */
    private static String read(Path file, int without) {
        try {
            return String.join(
                            "\n",
                            Files.readAllLines(file).stream().skip(without).toList()) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pictures(StringBuilder text, Path scenario) {
        text.append("\n### ").append(scenario.getFileName()).append("\n\n");
        files(scenario).stream()
                .map(path -> FaultReport.directory().relativize(path).toString())
                .filter(name -> name.endsWith(".svg"))
                .forEach(name -> text.append("![](").append(name).append(")\n"));
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Draws what happened from one time to another, by the time at which requests were sent. */
    public static String picture(String title, List<Call> calls, List<Mark> marks, long from, long to) {
        long piece = Math.max(LEAST_PIECE, (to - from) / MOST_PIECES + 1);
        int[][] counts = new int[3][(int) ((to - from) / piece) + 1];
        List<Predicate<Call>> kinds = List.of(
                call -> !call.isFailure(),
                call -> call.answer().is(Outcome.UNAVAILABLE),
                call -> call.answer().is(Outcome.NONE));
        for (Call call : calls) {
            if (call.sentAt() >= from && call.sentAt() < to) {
                for (int kind = 0; kind < kinds.size(); kind++) {
                    counts[kind][(int) ((call.sentAt() - from) / piece)] +=
                            kinds.get(kind).test(call) ? 1 : 0;
                }
            }
        }
        List<Event> events = marks.stream()
                .filter(mark -> mark.from() >= from && mark.from() < to)
                .map(mark -> new Event(
                        (mark.what() + " " + mark.node()).strip(),
                        (double) (mark.from() - from) / piece,
                        (double) (mark.until() - from) / piece))
                .toList();
        return Chart.columns(
                title,
                piece / 1e9,
                List.of(
                        new Layer("answered", "#4a8f4a", boxed(counts[0])),
                        new Layer("unavailable", "#e0a030", boxed(counts[1])),
                        new Layer("no answer", "#c03030", boxed(counts[2]))),
                events);
    }

    private static List<Integer> boxed(int[] counts) {
        return IntStream.of(counts).boxed().toList();
    }
}
