package dev.postern.it.rig.revocation;

import dev.postern.it.rig.report.FaultReport;
import dev.postern.it.rig.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The part of the report that is on the calls of a cluster of so many nodes. It is written anew after each call.
 *
 * <p>For one thread.
 */
final class RevocationReport {

    private static final String INTRODUCTION = """
            ## Revocation: %d %s, through %s

            How long a call that ends sessions takes, and how long it takes until each node that can answer refuses: until the answer to the first
            refused use, of which there is one every 5 ms and node. Both in milliseconds, from the sending of the call. Every node had a copy of the session,
            except of those that were more than its copies. Each answer counts only with %d members. A call that the grid does not answer is
            repeated until it is acknowledged; *503 before* are all such answers. *Let in after* is the number of uses that were sent
            after a call had returned and were let in, on any node, also when a frozen, killed or parted one was back: the promise is 0.

            """;

    private final int nodes;
    private final String introduction;
    private final Map<Row, List<Timing>> timings = new LinkedHashMap<>();
    private final Map<Row, Integer> letInLater = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Table figures = figuresTable();

    RevocationReport(int nodes, String network, int minimumMembers) {
        this.nodes = nodes;
        this.introduction = INTRODUCTION.formatted(nodes, nodes == 1 ? "node" : "nodes", network, minimumMembers);
    }

    private record Row(Circumstances circumstances, RevokingCall call) {}

    void add(Circumstances circumstances, RevokingCall call, Timing timing) {
        timings.computeIfAbsent(new Row(circumstances, call), any -> new ArrayList<>())
                .add(timing);
        write();
    }

    /** Uses that were let in after the call had been timed. */
    void addLetIn(Circumstances circumstances, RevokingCall call, int letIn) {
        letInLater.merge(new Row(circumstances, call), letIn, Integer::sum);
        write();
    }

    /** Something that was seen or left out, as a sentence. */
    void note(String sentence) {
        notes.add(sentence);
        write();
    }

    /** The counters of the nodes, each as its words; they replace former ones. */
    void figures(Map<String, List<String>> ofNodes) {
        figures = figuresTable();
        ofNodes.forEach((node, words) ->
                figures.row(Stream.concat(Stream.of(node), words.stream()).toList()));
        write();
    }

    private static Table figuresTable() {
        return new Table(
                "Node", "Copies", "Lease renewals", "Lease lapses", "Nodes fenced", "Longest wait of an end, µs");
    }

    /** How many uses were let in after a call had returned. */
    int letIn() {
        return timings.values().stream()
                        .flatMap(List::stream)
                        .mapToInt(Timing::letIn)
                        .sum()
                + letInLater.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void write() {
        Table table = new Table(
                "Load",
                "A node is",
                "Call",
                "Calls",
                "503 before",
                "Returned: median",
                "p99",
                "max",
                "All refuse: median",
                "p99",
                "max",
                "Let in after");
        timings.forEach((row, all) -> table.row(cells(row, all)));
        FaultReport.write(
                "revocation-" + nodes,
                introduction + table + "\nSince the start of each node:\n\n" + figures + "\n" + String.join("\n", notes)
                        + "\n");
    }

    private List<String> cells(Row row, List<Timing> all) {
        List<Long> returned = all.stream().map(Timing::returned).sorted().toList();
        List<Long> refused = all.stream()
                .flatMap(timing -> timing.refused().stream().boxed())
                .sorted()
                .toList();
        int letIn = all.stream().mapToInt(Timing::letIn).sum() + letInLater.getOrDefault(row, 0);
        List<String> cells = new ArrayList<>(List.of(
                row.circumstances.load(),
                row.circumstances.trouble(),
                row.call.title(),
                Integer.toString(all.size()),
                Integer.toString(all.stream().mapToInt(Timing::unavailable).sum())));
        cells.addAll(percentiles(returned));
        cells.addAll(percentiles(refused));
        if (refused.size() < returned.size()) {
            cells.set(
                    cells.size() - 1,
                    cells.get(cells.size() - 1) + ", and " + (returned.size() - refused.size())
                            + " without an answer of each node");
        }
        cells.add(letIn == 0 ? "0" : "**" + letIn + "**");
        return cells;
    }

    /** The median, the 99th percentile and the greatest, in milliseconds; of few the last two are the same. */
    private static List<String> percentiles(List<Long> sorted) {
        return IntStream.of(50, 99, 100)
                .mapToObj(percent -> sorted.isEmpty()
                        ? "–"
                        : String.format(
                                Locale.ROOT,
                                "%.1f",
                                sorted.get(Math.max(0, (sorted.size() * percent + 99) / 100 - 1)) / 1e6))
                .toList();
    }
}
