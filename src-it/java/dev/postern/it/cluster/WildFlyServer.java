package dev.postern.it.cluster;

import dev.postern.it.Directories;
import dev.postern.it.Pause;
import dev.postern.it.Rig;
import dev.postern.it.WildFlyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * WildFly, each node with a base directory of its own, which the build has set up by {@code server-config/wildfly/postern.cli}. The
 * application lies in its {@code deployments}, and is deployed again when its marker is renewed.
 *
 * <p>Immutable.
 */
final class WildFlyServer implements Server {

    private static final String NAME = "wildfly";
    private static final int STANDARD_HTTP = 8080;
    private static final int BETWEEN_NODES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return Rig.path("it.wildfly.home").getFileName().toString();
    }

    @Override
    public int httpPort(int node) {
        return STANDARD_HTTP + offset(node);
    }

    private static int offset(int node) {
        return Integer.parseInt(Rig.value("it.cluster.offset")) + BETWEEN_NODES * node;
    }

    @Override
    public void prepare(int node) throws IOException {
        Path base = Directories.empty(Place.directory(NAME, node));
        Directories.copy(
                Rig.path("it.servers").resolve("wildfly-cluster/configuration"), base.resolve("configuration"));
        ClusterWar.writeTo(war(node));
    }

    @Override
    public List<String> command(int node) {
        List<String> words = new ArrayList<>(Place.java(Place.directory(NAME, node)));
        words.addAll(WildFlyHome.words(
                List.of(
                        "-Djboss.server.base.dir=" + Place.directory(NAME, node),
                        "-Djboss.socket.binding.port-offset=" + offset(node),
                        "-Djboss.node.name=cluster-" + node,
                        // a busy machine is no reason to take the application off
                        "-Djboss.as.management.blocking.timeout=900"),
                "org.jboss.as.standalone"));
        return words;
    }

    @Override
    public void redeploy(int node) throws IOException {
        Files.writeString(marker(node, "dodeploy"), "");
        if (!Pause.untilTrue(PATIENCE, () -> isDone(node)) || Files.exists(marker(node, "failed"))) {
            throw new IOException("The application was not deployed again; see " + log(node));
        }
    }

    /** The scanner takes the request away when it has carried it out. */
    private static boolean isDone(int node) {
        return Stream.of("dodeploy", "isdeploying").noneMatch(state -> Files.exists(marker(node, state)));
    }

    private static Path marker(int node, String state) {
        return war(node).resolveSibling("ROOT.war." + state);
    }

    private static Path war(int node) {
        return Place.directory(NAME, node).resolve("deployments/ROOT.war");
    }

    @Override
    public Path log(int node) {
        return Place.directory(NAME, node).resolve("server.log");
    }
}
