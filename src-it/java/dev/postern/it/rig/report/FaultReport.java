package dev.postern.it.rig.report;

import dev.postern.it.Rig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one report of all fault rigs, {@code target/faults/report.md}: the parts one after the other, of which each rig writes its own.
 *
 * <p>For one thread.
 */
public final class FaultReport {

    private static final String NAME = "report.md";

    private FaultReport() {}

    /** Where the rigs write. */
    public static Path directory() {
        Path directory = Rig.path("it.faults.report");
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a rig's part anew, and the report with it. */
    public static void write(String part, String text) {
        try {
            Files.writeString(directory().resolve(part + ".md"), text);
            StringBuilder report = new StringBuilder("# Faults\n\nJava %d, %d processors.\n"
                    .formatted(Runtime.version().feature(), Runtime.getRuntime().availableProcessors()));
            for (Path each : parts()) {
                report.append('\n').append(Files.readString(each));
            }
            Files.writeString(directory().resolve(NAME), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(directory())) {
            return files.filter(file -> file.toString().endsWith(".md") && !file.endsWith(NAME))
                    .sorted()
                    .toList();
        }
    }
}
