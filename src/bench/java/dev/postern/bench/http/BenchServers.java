package dev.postern.bench.http;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import dev.postern.it.Shell;
import dev.postern.it.WildFlyHome;
import dev.postern.it.rig.node.Layout;
import dev.postern.it.rig.node.Payara;
import dev.postern.it.rig.node.Server;
import dev.postern.it.rig.node.WildFly;
import dev.postern.testing.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers, with the application of every variant.
 *
 * <p>Immutable.
 *
 * @param place where the directories of the nodes are
 * @param keys those of the applications
 */
record BenchServers(Path place, Keys keys) {

    /** Payara closes a connection after 250 requests, WildFly never does. */
    private static final String KEEP_ALIVE =
            "set configs.config.server-config.network-config.protocols.protocol.http-listener.http.max-connections=-1\n";

    /** All ports are among this many in a row, which are free together. */
    private static final int PORTS = 1000;

    private static final int FIRST = FreePorts.inARow(PORTS);
    private static final int MEMBERS = FIRST + 700;
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

    /** The server of that name, {@code payara} or {@code wildfly}, in a cluster of so many nodes. */
    Server of(String name, int nodes) {
        return switch (name) {
            case "payara" -> payara(nodes);
            case "wildfly" -> wildFly(nodes);
            default -> throw new IllegalArgumentException("bench.http.servers has " + name);
        };
    }

    /** All variants share its Hazelcast, as do its own sessions. */
    private Server payara(int nodes) {
        return new Payara(layout("payara", nodes, FIRST + 180, 1), KEEP_ALIVE, new BenchWars(keys, variant -> ""));
    }

    /** Nodes share sessions through Infinispan. Each variant of Postern has a Hazelcast member of its own. */
    private Server wildFly(int nodes) {
        Layout layout = layout("wildfly", nodes, FIRST + 80, 10, "-Djboss.management.http.port=8970");
        return new WildFly(
                layout,
                "standalone-ha.xml",
                base -> configure(layout, base),
                new BenchWars(keys, variant -> layout.addresses(node -> "127.0.0.1:" + (firstMember(variant) + node))));
    }

    private Layout layout(String server, int nodes, int firstPort, int step, String... more) {
        List<String> jvm =
                new ArrayList<>(List.of(Rig.value("bench.http.jvm").strip().split(" +", -1)));
        jvm.addAll(List.of(more));
        return new Layout("bench", place.resolve(server + "-" + nodes + "-"), nodes, firstPort, step, FIRST + 900, jvm);
    }

    /** Grids of one server keep apart by their ports. */
    private static int firstMember(Variant variant) {
        return switch (variant) {
            case STRICT -> MEMBERS;
            case SEALED -> MEMBERS + 10;
            case LEASED -> MEMBERS + 20;
            case OPEN, FLOOR, HONEST_FLOOR, SESSION, STICKY_SESSION, JWT ->
                throw new IllegalArgumentException(variant + " has no grid.");
        };
    }

    private static void configure(Layout layout, Path base) throws IOException {
        Directories.copy(
                Rig.path("it.wildfly.home").resolve("standalone/configuration"), base.resolve("configuration"));
        Path script = base.resolve("offline.cli");
        String sessionMembers =
                layout.addresses(node -> "127.0.0.1[" + (JGROUPS + WildFly.offset(layout.port(node))) + "]");
        String ours = Files.readString(Rig.serverConfig("wildfly/postern.cli"));
        Files.writeString(script, CLUSTER.formatted(sessionMembers, JGROUPS) + ours);
        Shell.run(offlineCli(base, script));
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
}
