package dev.postern.it.cluster;

import dev.postern.it.Directories;
import dev.postern.it.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Payara Micro with its own Hazelcast. It has no administration that listens, so a second application on each node
 * deploys the first one again.
 *
 * <p>Immutable.
 */
final class PayaraServer implements Server {

    private static final String NAME = "payara";

    @Override
    public String name() {
        return Rig.path("it.payara.jar").getFileName().toString().replace(".jar", "");
    }

    @Override
    public int httpPort(int node) {
        return Integer.parseInt(Rig.value("it.cluster.port")) + node;
    }

    @Override
    public void prepare(int node) throws IOException {
        Path directory = Directories.empty(Place.directory(NAME, node));
        ClusterWar.writeTo(directory.resolve("ROOT.war"));
        ClusterWar.writeRedeployerTo(directory.resolve("redeployer.war"));
    }

    @Override
    public List<String> command(int node) {
        Path directory = Place.directory(NAME, node);
        List<String> words = new ArrayList<>(Place.java(directory));
        words.addAll(List.of("-jar", Rig.value("it.payara.jar")));
        words.addAll(List.of("--port", Integer.toString(httpPort(node)), "--name", "cluster-" + node));
        words.addAll(List.of("--prebootcommandfile", file("it.test-classes", "loopback.asadmin")));
        words.addAll(List.of("--clustername", "postern-cluster", "--clustermode", "tcpip:" + Place.members()));
        words.addAll(List.of("--startport", Integer.toString(Place.member(node)), "--interfaces", "127.0.0.1"));
        words.addAll(List.of("--nohostaware", "--disablephonehome"));
        words.addAll(List.of(
                "--systemproperties",
                Rig.serverConfig("payara/micro.properties").toString()));
        words.addAll(List.of("--deploy", directory.resolve("ROOT.war").toString()));
        words.addAll(List.of("--deploy", directory.resolve("redeployer.war").toString()));
        return words;
    }

    @Override
    public void redeploy(int node) throws IOException {
        String war = Place.directory(NAME, node).resolve("ROOT.war").toString();
        try (Wire wire = new Wire(httpPort(node))) {
            Wire.Response response = wire.send("POST", "/redeployer/", "", "war=" + war);
            if (response.status() != 200) {
                throw new IOException("The application was not deployed again: " + response);
            }
        }
    }

    @Override
    public Path log(int node) {
        return Place.directory(NAME, node).resolve("server.log");
    }

    private static String file(String property, String name) {
        return Rig.path(property).resolve(name).toString();
    }
}
