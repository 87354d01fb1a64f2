package dev.postern.it.rig.node;

import dev.postern.it.Leftovers;
import dev.postern.it.Rig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The directories, ports and JVMs of the nodes of a server.
 *
 * <p>Immutable.
 *
 * @param name what the names of the nodes begin with
 * @param place the beginning of a node's directory, which its number ends
 * @param nodes how many there are
 * @param firstPort the HTTP port of the first node
 * @param step from the HTTP port of a node to the next
 * @param firstMember where the first member of Hazelcast listens; that of the next node listens at the next port
 * @param jvm options of every JVM
 */
public record Layout(String name, Path place, int nodes, int firstPort, int step, int firstMember, List<String> jvm) {

    private static final int STANDARD_HTTP = 8080;
    private static final List<String> SMALL = QuickJvm.with("-XX:MetaspaceSize=192m", "-Xmx512m");

    static Layout underTest() {
        return new Layout(
                "cluster",
                Rig.path("it.servers").resolve(Rig.value("it.server") + "-cluster-"),
                Cluster.NODES.size(),
                Rig.onWildFly() ? STANDARD_HTTP + Rig.number("it.cluster.offset") : Rig.number("it.cluster.port"),
                Rig.onWildFly() ? 10 : 1,
                Rig.number("it.cluster.member"),
                SMALL);
    }

    Path directory(int node) {
        return place.resolveSibling(place.getFileName().toString() + node);
    }

    String nodeName(int node) {
        return name + "-" + node;
    }

    public int port(int node) {
        return firstPort + step * node;
    }

    /** The members of the grid, with commas. */
    String members() {
        return addresses(node -> "127.0.0.1:" + (firstMember + node));
    }

    /** Something for each node, with commas. */
    public String addresses(IntFunction<String> address) {
        return IntStream.range(0, nodes).mapToObj(address).collect(Collectors.joining(","));
    }

    /** The JVM of a node. What it leaves behind when it is killed stays in its directory. */
    List<String> java(int node) {
        List<String> words = new ArrayList<>(List.of(
                ServerJdk.java(),
                Leftovers.mark(),
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.io.tmpdir=" + directory(node).resolve("tmp"),
                "-Dhazelcast.socket.bind.any=false",
                "-Dhazelcast.phone.home.enabled=false"));
        words.addAll(jvm);
        return words;
    }
}
