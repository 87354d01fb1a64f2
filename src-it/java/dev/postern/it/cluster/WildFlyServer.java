package dev.postern.it.cluster;

import dev.postern.it.Pause;
import dev.postern.it.Rig;
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

    /** What the server's own start script opens to it. */
    private static final List<String> OPENED = List.of(
            "java.base/java.io",
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.net",
            "java.base/java.security",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.management/javax.management",
            "java.naming/javax.naming");

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
        Path base = Place.empty(Place.directory(NAME, node));
        Place.copy(Rig.path("it.servers").resolve("wildfly-cluster/configuration"), base.resolve("configuration"));
        ClusterWar.writeTo(war(node));
    }

    @Override
    public List<String> command(int node) {
        Path home = Rig.path("it.wildfly.home");
        List<String> words = new ArrayList<>(Place.java(Place.directory(NAME, node)));
        OPENED.forEach(opened -> words.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        words.addAll(List.of(
                "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
                "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + Place.directory(NAME, node),
                "-Djboss.socket.binding.port-offset=" + offset(node),
                "-Djboss.node.name=cluster-" + node));
        // a busy machine is no reason to take the application off
        words.add("-Djboss.as.management.blocking.timeout=900");
        words.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
        words.addAll(List.of("-mp", home.resolve("modules").toString(), "org.jboss.as.standalone"));
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
