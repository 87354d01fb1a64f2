package dev.postern.demo.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files and ports of a run. Immutable.
 *
 * @param application the WAR
 * @param directory where logs and what the nodes unpack go
 * @param serverConfig the directory {@code server-config} of the project
 */
record DemoRun(Path application, Path directory, Path serverConfig, DemoPorts ports) {

    /** Makes the directory and removes what an earlier run left, the logs included. */
    void clear() throws IOException {
        Files.createDirectories(directory);
        for (int number : List.of(1, 2)) {
            remove(nodeDirectory(number));
            Files.deleteIfExists(log(number));
        }
    }

    Path nodeDirectory(int number) {
        return directory.resolve("node-" + number);
    }

    Path log(int number) {
        return directory.resolve("node-" + number + ".log");
    }

    /** Where is what outlives the run, if it is to outlive it. */
    Path store() {
        return directory.resolveSibling("store");
    }

    int port(int number) {
        return ports.http().get(number - 1);
    }

    static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> deepestFirst = Files.walk(path).sorted(Comparator.reverseOrder())) {
                for (Path file : deepestFirst.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
