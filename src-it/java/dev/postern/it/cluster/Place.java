package dev.postern.it.cluster;

import dev.postern.it.Leftovers;
import dev.postern.it.Rig;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
}
