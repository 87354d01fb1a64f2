package dev.postern.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the project, for tests that hold a rule or a document to them. */
public final class JavaFiles {

    /** The integration tests and what they need. */
    public static final Path INTEGRATION = Path.of("src-it");

    /** The jar, its tests, the demo and the benchmarks. */
    public static final Path JAR = Path.of("src");

    private JavaFiles() {}

    /** The Java files under a folder, in order. */
    public static List<Path> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The simple name of the type after which a file is named. */
    public static String type(Path file) {
        return file.getFileName().toString().replaceFirst("\\.java$", "");
    }
}
