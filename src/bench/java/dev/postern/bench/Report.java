package dev.postern.bench;

import com.hazelcast.instance.BuildInfoProvider;
import dev.postern.bench.BarChart.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Writes what was measured: {@code report.md} with tables, and a picture of each table.
 *
 * <p>For one thread.
 */
final class Report {

    /** A table: the figures whose names begin so, each beside the one it is compared with. */
    private record Table(String title, String beginning, UnaryOperator<String> base) {

        Table(String title, String beginning, String base) {
            this(title, beginning, any -> base);
        }
    }

    private static final List<Table> TABLES = List.of(
            new Table("A check, one member", "OneMember.", "OneMember.strict"),
            new Table("A check, three members, the asking one owns the row", "LocalOwner.", "LocalOwner.strict"),
            new Table("A check, three members, another one owns the row", "RemoteOwner.", "RemoteOwner.strict"),
            new Table(
                    "A check, one member, two threads of the common pool", "Wide.OneMember.", "Wide.OneMember.strict"),
            new Table(
                    "A check, another one of three members owns the row, two threads of the common pool",
                    "Wide.RemoteOwner.",
                    "Wide.RemoteOwner.strict"),
            new Table("A token that nobody can revoke, to a check with 1 s staleness", "Jwt.", "OneMember.near"),
            new Table("As many threads as processors: 1 s staleness and tokens", "Threads.", "Threads.OneMember.near"),
            new Table("A forged token, to a check with 1 s staleness", "Forged.", "OneMember.near"),
            new Table("Signing in, renewing, signing out; members", "Lifecycle.", Report::ours),
            new Table("All sessions of a user; members, sessions", "AllOfUser.", Report::ours),
            new Table("Among how many sessions; members x sessions", "Crowd.", Report::amongFew),
            new Table("Heap, bytes", "Heap.", "Heap.session"));

    /** What ours takes for the same as Spring's. */
    private static String ours(String name) {
        int spring = name.indexOf(".spring") + 1;
        return spring == 0
                ? name
                : name.substring(0, spring)
                        + Character.toLowerCase(name.charAt(spring + "spring".length()))
                        + name.substring(spring + "spring".length() + 1);
    }

    private static String amongFew(String name) {
        return name.substring(0, name.lastIndexOf(' ')) + " 1000";
    }

    private final Figures figures;
    private final boolean isSmoke;
    private final Path directory;

    /** A report of a whole run, or of one that only shows that it runs. */
    Report(Figures figures, boolean isSmoke, Path directory) {
        this.figures = figures;
        this.isSmoke = isSmoke;
        this.directory = directory;
    }

    void write() throws IOException {
        List<String> lines = new ArrayList<>(List.of("# Benchmarks", ""));
        lines.addAll(List.of(LocalDate.now(ZoneOffset.UTC) + ", " + Machine.description() + ".", "", versions(), ""));
        if (isSmoke) {
            lines.addAll(List.of("**A moment of each, to see that it runs: these figures mean nothing.**", ""));
        }
        lines.add(
                "Medians of all iterations of all rounds, and from the least to the greatest. Times are microseconds. Allocated bytes"
                        + " are those of this JVM, its Hazelcast threads included, as far as the threads still live; not those of other members.");
        lines.addAll(List.of("", "## Goals", "", "| Goal | Bound | Measured | |", "|--|--|--|--|"));
        Goals.ALL.forEach(goal -> lines.add(goal.row(figures)));
        for (Table table : TABLES) {
            if (!figures.names(table.beginning).isEmpty()) {
                lines.addAll(rows(table));
                Files.writeString(directory.resolve(picture(table)), new BarChart(table.title, bars(table)).svg());
            }
        }
        Files.write(directory.resolve("report.md"), lines);
    }

    private static String versions() {
        return "Hazelcast " + BuildInfoProvider.getBuildInfo().getVersion()
                + version("Spring Session", "spring-session")
                + version("Nimbus JOSE+JWT", "nimbus") + version("SmallRye JWT", "smallrye-jwt") + version("JMH", "jmh")
                + ".";
    }

    /** The build knows them, and says them. */
    private static String version(String name, String property) {
        String version = System.getProperty("bench.version." + property);
        return version == null ? "" : ", " + name + " " + version;
    }

    private static String picture(Table table) {
        return table.beginning.toLowerCase(Locale.ROOT).replace('.', '-') + "figures.svg";
    }

    private List<String> rows(Table table) {
        List<String> rows = new ArrayList<>(List.of("", "## " + table.title, "", "![](" + picture(table) + ")", ""));
        rows.add("| | Median | Least – greatest | Ratio | to | Bytes allocated |");
        rows.add("|--|--|--|--|--|--|");
        for (String name : figures.names(table.beginning)) {
            Figure figure = figures.of(name).orElseThrow();
            rows.add(String.join(
                    " | ",
                    "| `" + name.substring(table.beginning.length()) + "`",
                    Figure.text(figure.median()),
                    Figure.text(figure.least()) + " – " + Figure.text(figure.greatest()),
                    ratio(figure, figures.of(table.base.apply(name))),
                    "`" + table.base.apply(name) + "`",
                    (figure.allocated() < 0 ? "–" : Figure.text(figure.allocated())) + " |"));
        }
        return rows;
    }

    private static String ratio(Figure figure, Optional<Figure> base) {
        return base.map(one -> Figure.text(figure.median() / one.median())).orElse("–");
    }

    private List<Bar> bars(Table table) {
        return figures.names(table.beginning).stream()
                .map(name -> bar(
                        name.substring(table.beginning.length()),
                        figures.of(name).orElseThrow()))
                .toList();
    }

    private static Bar bar(String label, Figure figure) {
        return new Bar(label, figure.median(), figure.least(), figure.greatest());
    }
}
