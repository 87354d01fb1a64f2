package dev.postern.it.cluster;

import dev.postern.it.Leftovers;
import dev.postern.it.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The directories, ports and JVM of the nodes.
 *
 * <p>Immutable.
 */
final class Place {

    private static final int FIRST_MEMBER = Integer.parseInt(Rig.value("it.cluster.member"));

    private Place() {}

    static Path directory(String server, int node) {
        return Rig.path("it.servers").resolve(server + "-cluster-" + node);
    }

    static int member(int node) {
        return FIRST_MEMBER + node;
    }

    /** The members of the grid, with commas. */
    static String members() {
        return IntStream.range(0, Server.NODES)
                .mapToObj(node -> "127.0.0.1:" + member(node))
                .collect(Collectors.joining(","));
    }

    /**
     * The JVM of a node, for a quick start on few processors: without the optimizing compiler, without helpers of the collector.
     * What it leaves behind when it is killed stays in its directory.
     */
    static List<String> java(Path directory) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                Leftovers.mark(),
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dhazelcast.socket.bind.any=false");
    }

    /** A directory with an empty {@code tmp} and nothing else, whatever was there. */
    static Path empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> deepestFirst = Files.walk(directory).sorted(Comparator.reverseOrder())) {
                for (Path file : deepestFirst.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.createDirectories(directory.resolve("tmp"));
        return directory;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
