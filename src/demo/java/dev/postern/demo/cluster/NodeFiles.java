package dev.postern.demo.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a run. Immutable.
 *
 * @param server Payara Micro
 * @param directory where logs, the database and what the nodes unpack go
 */
record NodeFiles(Path server, Path application, Path directory) {

    /** Makes the directory and removes what an earlier run left, the logs and orders included. */
    void prepare() throws IOException {
        Files.createDirectories(directory);
        for (String left : List.of("node-1", "node-2", "database")) {
            remove(directory.resolve(left));
        }
        Files.writeString(
                loopbackOnly(),
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener"
                        + ".address=127.0.0.1\n");
    }

    /** The commands that keep the nodes, whose passwords everybody knows, away from the network. */
    Path loopbackOnly() {
        return directory.resolve("loopback-only.txt");
    }

    /** The database that both nodes open. */
    Path database() {
        return directory.resolve("database").resolve("desk");
    }

    private static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> deepestFirst = Files.walk(path).sorted(Comparator.reverseOrder())) {
                for (Path file : deepestFirst.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
