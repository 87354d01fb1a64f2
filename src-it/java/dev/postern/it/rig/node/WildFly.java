package dev.postern.it.rig.node;

import static org.awaitility.Awaitility.await;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import dev.postern.it.WildFlyHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * WildFly, each node with a base directory of its own. The applications lie in its {@code deployments}, and one is deployed again when its
 * marker is renewed.
 *
 * <p>Immutable.
 *
 * @param configuration the name of its file
 */
public record WildFly(Layout layout, String configuration, SetUp setUp, Deployments deployments) implements Server {

    private static final int STANDARD_HTTP = 8080;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Fills the {@code configuration} of a node, whose base directory is empty. */
    public interface SetUp {
        void configure(Path base) throws IOException;
    }

    /** What the build has set up by {@code server-config/wildfly/postern.cli}. */
    static void copyOfTheBuild(Path base) throws IOException {
        Directories.copy(
                Rig.path("it.wildfly.home").resolveSibling("wildfly-cluster/configuration"),
                base.resolve("configuration"));
    }

    @Override
    public String title() {
        return Rig.path("it.wildfly.home").getFileName().toString();
    }

    /** The distance of all ports of the node from those that the server has by itself. */
    public static int offset(int port) {
        return port - STANDARD_HTTP;
    }

    @Override
    public void prepare(int node) throws IOException {
        setUp.configure(Directories.empty(layout.directory(node)));
        deployments.writeTo(Files.createDirectories(deployed(node)));
    }

    @Override
    public List<String> command(int node) {
        return WildFlyHome.words(
                List.of(
                        "-Djboss.server.base.dir=" + layout.directory(node),
                        "-Djboss.socket.binding.port-offset=" + offset(port(node)),
                        "-Djboss.node.name=" + layout.nodeName(node),
                        // a busy machine is no reason to take the application off
                        "-Djboss.as.management.blocking.timeout=900"),
                "org.jboss.as.standalone",
                "--server-config=" + configuration);
    }

    @Override
    public void redeploy(int node) throws IOException {
        Files.writeString(marker(node, "dodeploy"), "");
        await("the application is deployed again, see " + log(node))
                .atMost(PATIENCE)
                .until(() -> isDone(node));
        if (Files.exists(marker(node, "failed"))) {
            throw new IOException("The application was not deployed again; see " + log(node));
        }
    }

    /** The scanner takes the request away when it has carried it out. */
    private boolean isDone(int node) {
        return Stream.of("dodeploy", "isdeploying").noneMatch(state -> Files.exists(marker(node, state)));
    }

    private Path marker(int node, String state) {
        return deployed(node).resolve("ROOT.war." + state);
    }

    private Path deployed(int node) {
        return layout.directory(node).resolve("deployments");
    }
}
