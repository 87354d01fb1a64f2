package dev.postern.bench.http;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import dev.postern.it.Shell;
import dev.postern.it.WildFlyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * WildFly with {@code standalone-ha.xml}, whose nodes share sessions through Infinispan. Each variant of Postern has a Hazelcast
 * member of its own.
 *
 * <p>Immutable.
 */
record WildFly(int nodes, Path place) implements BenchServer {

    private static final int OFFSET = 13_000;
    private static final int BETWEEN_NODES = 10;
    private static final int HTTP = 8080;
    private static final int MANAGEMENT = 8970;
    private static final int JGROUPS = 8600;

    /** Nodes meet by a list and not by multicast, which a build machine may not have; all else is as the server comes. */
    private static final String CLUSTER = """
            embed-server --server-config=standalone-ha.xml
            /subsystem=jgroups/channel=ee:write-attribute(name=stack,value=tcp)
            /subsystem=jgroups/stack=tcp/protocol=MPING:remove
            /subsystem=jgroups/stack=tcp/protocol=TCPPING:add(add-index=0,properties={initial_hosts="%s",port_range=0})
            /socket-binding-group=standard-sockets/socket-binding=jgroups-tcp:write-attribute(name=port,value=%d)
            /subsystem=modcluster:remove
            """;

    @Override
    public String title() {
        return Rig.path("it.wildfly.home").getFileName().toString();
    }

    @Override
    public int port(int node) {
        return HTTP + offset(node);
    }

    private static int offset(int node) {
        return OFFSET + BETWEEN_NODES * node;
    }

    @Override
    public void prepare(int node, Keys keys) throws IOException {
        Path base = directory(node);
        Directories.copy(
                Rig.path("it.wildfly.home").resolve("standalone/configuration"), base.resolve("configuration"));
        Path script = base.resolve("offline.cli");
        String ours = Files.readString(Rig.serverConfig("wildfly/postern.cli"));
        Files.writeString(script, CLUSTER.formatted(sessionMembers(), JGROUPS) + ours);
        Shell.run(offlineCli(base, script));
        BenchWar wars = new BenchWar(keys, Files.createDirectories(base.resolve("deployments")));
        for (Variant variant : Variant.values()) {
            wars.write(variant, variant.isPostern() ? members(variant) : "");
        }
    }

    private static List<String> offlineCli(Path base, Path script) {
        List<String> words = new ArrayList<>(List.of(
                "env",
                "JBOSS_HOME=" + Rig.value("it.wildfly.home"),
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(WildFlyHome.words(
                List.of(
                        "-Djboss.cli.config=" + Rig.path("it.wildfly.home").resolve("bin/jboss-cli.xml"),
                        "-Djboss.server.base.dir=" + base),
                "org.jboss.as.cli",
                "--file=" + script));
        return words;
    }

    private String sessionMembers() {
        return addresses(node -> "127.0.0.1[" + (JGROUPS + offset(node)) + "]");
    }

    private String members(Variant variant) {
        return addresses(node -> "127.0.0.1:" + (firstMember(variant) + node));
    }

    /** Grids of one server keep apart by their ports. */
    private static int firstMember(Variant variant) {
        return switch (variant) {
            case STRICT -> 21700;
            case SEALED -> 21710;
            case STALE -> 21720;
            case OPEN, FLOOR, SESSION, JWT -> throw new IllegalArgumentException(variant + " has no grid.");
        };
    }

    private String addresses(IntFunction<String> address) {
        return IntStream.range(0, nodes).mapToObj(address).collect(Collectors.joining(","));
    }

    @Override
    public List<String> command(int node) {
        return WildFlyHome.words(
                List.of(
                        "-Djboss.server.base.dir=" + directory(node),
                        "-Djboss.socket.binding.port-offset=" + offset(node),
                        "-Djboss.management.http.port=" + MANAGEMENT,
                        "-Djboss.node.name=bench-" + node,
                        "-Djboss.as.management.blocking.timeout=900"),
                "org.jboss.as.standalone",
                "--server-config=standalone-ha.xml");
    }

    @Override
    public Path directory(int node) {
        return place.resolve("wildfly-" + nodes + "-" + node);
    }
}
