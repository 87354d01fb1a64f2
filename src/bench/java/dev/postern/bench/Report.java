package dev.postern.bench;

import com.hazelcast.instance.BuildInfoProvider;
import dev.postern.it.rig.report.Chart;
import dev.postern.it.rig.report.Chart.Bar;
import dev.postern.it.rig.report.Table;
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
 * Writes what was measured: {@code report.md} with tables, and a picture of each section.
 *
 * <p>For one thread.
 */
final class Report {

    /** A table: the figures whose names begin so, each beside the one it is compared with. */
    private record Section(String title, String beginning, UnaryOperator<String> base) {

        Section(String title, String beginning, String base) {
            this(title, beginning, any -> base);
        }
    }

    private static final List<Section> TABLES = List.of(
            new Section("A check, one member", "OneMember.", "OneMember.strict"),
            new Section("A check, three members, the asking one owns the row", "LocalOwner.", "LocalOwner.strict"),
            new Section("A check, three members, another one owns the row", "RemoteOwner.", "RemoteOwner.strict"),
            new Section(
                    "A check, one member, two threads of the common pool", "Wide.OneMember.", "Wide.OneMember.strict"),
            new Section(
                    "A check, another one of three members owns the row, two threads of the common pool",
                    "Wide.RemoteOwner.",
                    "Wide.RemoteOwner.strict"),
            new Section("A token that nobody can revoke, to a check with leased copies", "Jwt.", "OneMember.leased"),
            new Section(
                    "As many threads as processors: leased copies and tokens", "Threads.", "Threads.OneMember.leased"),
            new Section("A forged token, to a check with leased copies", "Forged.", "OneMember.leased"),
            new Section("Signing in, renewing, signing out; members", "Lifecycle.", Report::ours),
            new Section("All sessions of a user; members, sessions", "AllOfUser.", Report::ours),
            new Section(
                    "With a database beside the grid, without one, and Spring Session in the database",
                    "BesideDatabase.",
                    Report::ours),
            new Section("Among how many sessions; members x sessions", "Crowd.", Report::amongFew),
            new Section("Heap, bytes", "Heap.", "Heap.session"));

    /** What ours takes for the same as Spring's, or with a database for the same as alone. */
    private static String ours(String name) {
        for (String other : List.of("spring", "alone")) {
            int place = name.indexOf("." + other) + 1;
            if (place > 0) {
                int rest = place + other.length();
                return name.substring(0, place) + Character.toLowerCase(name.charAt(rest)) + name.substring(rest + 1);
            }
        }
        return name;
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
        for (Section section : TABLES) {
            if (!figures.names(section.beginning).isEmpty()) {
                lines.addAll(rows(section));
                Files.writeString(directory.resolve(picture(section)), Chart.bars(section.title, bars(section)));
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

    private static String picture(Section section) {
        return section.beginning.toLowerCase(Locale.ROOT).replace('.', '-') + "figures.svg";
    }

    private List<String> rows(Section section) {
        List<String> rows =
                new ArrayList<>(List.of("", "## " + section.title, "", "![](" + picture(section) + ")", ""));
        Table table = new Table("", "Median", "Least – greatest", "Ratio", "to", "Bytes allocated");
        for (String name : figures.names(section.beginning)) {
            Figure figure = figures.of(name).orElseThrow();
            table.row(
                    "`" + name.substring(section.beginning.length()) + "`",
                    Figure.text(figure.median()),
                    Figure.text(figure.least()) + " – " + Figure.text(figure.greatest()),
                    ratio(figure, figures.of(section.base.apply(name))),
                    "`" + section.base.apply(name) + "`",
                    figure.allocated() < 0 ? "–" : Figure.text(figure.allocated()));
        }
        rows.add(table.toString().strip());
        return rows;
    }

    private static String ratio(Figure figure, Optional<Figure> base) {
        return base.map(one -> Figure.text(figure.median() / one.median())).orElse("–");
    }

    private List<Bar> bars(Section section) {
        return figures.names(section.beginning).stream()
                .map(name -> bar(
                        name.substring(section.beginning.length()),
                        figures.of(name).orElseThrow()))
                .toList();
    }

    private static Bar bar(String label, Figure figure) {
        return new Bar(label, figure.median(), figure.least(), figure.greatest());
    }
}
