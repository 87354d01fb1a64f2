package dev.postern.it.rig.node;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Payara Micro with its own Hazelcast. It has no administration that listens, so a second application on each node
 * deploys the first one again.
 *
 * <p>Immutable.
 *
 * @param preBoot further commands before the server starts
 */
public record Payara(Layout layout, String preBoot, Deployments deployments) implements Server {

    @Override
    public String title() {
        return Rig.path("it.payara.jar").getFileName().toString().replace(".jar", "");
    }

    @Override
    public void prepare(int node) throws IOException {
        deployments.writeTo(Directories.empty(layout.directory(node)));
        Files.writeString(
                file(node, "pre-boot.asadmin"),
                Files.readString(Rig.path("it.test-classes").resolve("loopback.asadmin")) + preBoot);
    }

    @Override
    public List<String> command(int node) {
        List<String> words = new ArrayList<>(List.of("-jar", Rig.value("it.payara.jar")));
        words.addAll(List.of("--port", Integer.toString(port(node)), "--name", layout.nodeName(node)));
        words.addAll(
                List.of("--prebootcommandfile", file(node, "pre-boot.asadmin").toString()));
        words.addAll(
                List.of("--clustername", "postern-" + layout.name(), "--clustermode", "tcpip:" + layout.members()));
        words.addAll(
                List.of("--startport", Integer.toString(layout.firstMember() + node), "--interfaces", "127.0.0.1"));
        words.addAll(List.of("--nohostaware", "--disablephonehome"));
        words.addAll(List.of(
                "--systemproperties",
                Rig.serverConfig("payara/micro.properties").toString()));
        wars(node).forEach(war -> words.addAll(List.of("--deploy", war)));
        return words;
    }

    private List<String> wars(int node) {
        try (Stream<Path> files = Files.list(layout.directory(node))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".war"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void redeploy(int node) throws IOException {
        File war = file(node, "ROOT.war").toFile();
        PayaraDeployer deployer = new PayaraDeployer(URI.create("http://127.0.0.1:" + port(node) + "/"));
        deployer.undeploy(war);
        if (!deployer.deployAtRoot(war)) {
            throw new IOException("The application was not deployed again; see " + log(node));
        }
    }

    private Path file(int node, String name) {
        return layout.directory(node).resolve(name);
    }
}
