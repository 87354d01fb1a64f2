package dev.postern.it.faults;

import dev.postern.it.FaultReport;
import dev.postern.it.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The part of the report that is on the scenarios of this rig: a table, of which each scenario writes its own row, and their pictures. A scenario that runs again replaces its row.
 *
 * <p>For one thread.
 */
final class Report {

    private static final Path DIRECTORY = FaultReport.directory();
    private static final String ROW = "row.md";

    private Report() {}

    /** A line of the table. */
    record Row(String scenario, int rounds, String goal, String figure, String verdict) {

        private String text() {
            return String.join(" | ", "| " + scenario, Integer.toString(rounds), goal, figure, verdict + " |\n");
        }
    }

    /** Where a scenario leaves what it writes; empty at first. */
    static Path directory(String scenario) {
        Path directory = DIRECTORY.resolve(scenario);
        try {
            Files.createDirectories(directory);
            for (Path file : files(directory)) {
                Files.delete(file);
            }
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void add(Path scenario, Row row) {
        write(scenario.resolve(ROW), row.text());
        StringBuilder text = new StringBuilder("## Three members of Hazelcast ")
                .append(Rig.value("it.faults.hazelcast"))
                .append("\n\n| Scenario | Rounds | Goal | Figure | Verdict |\n|---|---|---|---|---|\n");
        List<Path> scenarios = files(DIRECTORY).stream()
                .filter(path -> Files.exists(path.resolve(ROW)))
                .toList();
        scenarios.forEach(path -> text.append(read(path.resolve(ROW))));
        scenarios.forEach(path -> pictures(text, path));
        FaultReport.write("members", text.toString());
    }

    private static void pictures(StringBuilder text, Path scenario) {
        text.append("\n### ").append(scenario.getFileName()).append("\n\n");
        files(scenario).stream()
                .map(path -> DIRECTORY.relativize(path).toString())
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

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
