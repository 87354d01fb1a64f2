package dev.postern.bench.http;

import dev.postern.bench.http.Comparison.Measure;
import dev.postern.it.rig.report.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The table that a newcomer wants first: what a request costs with each way to know the caller, and what each can revoke. It has no
 * letters. The same table is at the beginning of {@code src/docs/project/benchmarks.md}.
 *
 * <p>Immutable.
 *
 * @param outcomes all that was measured
 */
record FirstTable(List<Comparison> outcomes) {

    private static final String NONE = "–";

    private record Row(Variant variant, String title, String revokes) {}

    private static final List<Row> ROWS = List.of(
            new Row(Variant.LEASED, "Postern", "any session, or all of a user; on every node when the call returns"),
            new Row(
                    Variant.STICKY_SESSION,
                    "`HttpSession`, each user at one node",
                    "the session of the request; no other"),
            new Row(
                    Variant.SESSION,
                    "`HttpSession`, requests alternate between nodes",
                    "the session of the request; no other"),
            new Row(Variant.JWT, "MicroProfile JWT, RS256", "nothing: a token is valid until it expires"),
            new Row(Variant.HONEST_FLOOR, "an unsigned cookie that is believed: the honest floor", "nothing"));

    /** A table for each load, with a column for each server and number of nodes. */
    @Override
    public String toString() {
        return outcomes.stream()
                .map(Comparison::users)
                .distinct()
                .map(users -> "With " + users.title() + ":\n\n" + table(users))
                .collect(Collectors.joining("\n"));
    }

    private Table table(UserLoad users) {
        List<Comparison> columns = outcomes.stream()
                .filter(outcome -> outcome.users().equals(users))
                .toList();
        List<String> heads = new ArrayList<>(List.of("Processor time of the server for a request, µs"));
        columns.forEach(outcome -> heads.add(outcome.server() + ", " + outcome.nodesInWords()));
        heads.add("What it can revoke");
        Table table = new Table(heads.toArray(String[]::new));
        for (Row row : ROWS) {
            List<String> cells = new ArrayList<>(List.of(row.title));
            columns.forEach(outcome -> cells.add(cell(outcome, row.variant)));
            cells.add(row.revokes);
            table.row(cells);
        }
        return table;
    }

    /** The median, and how much of the honest floor's speed is left. */
    private static String cell(Comparison outcome, Variant variant) {
        return outcome.has(variant)
                ? String.format(
                        Locale.ROOT,
                        "%.0f (%.2f)",
                        outcome.serverCpu(variant).median(),
                        outcome.ratio(variant, Measure.SERVER_CPU).median())
                : NONE;
    }
}
