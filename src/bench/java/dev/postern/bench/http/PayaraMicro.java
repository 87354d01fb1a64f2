package dev.postern.bench.http;

import dev.postern.it.Rig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Payara Micro. All variants share its Hazelcast, as do its own sessions.
 *
 * <p>Immutable.
 */
record PayaraMicro(int nodes, Path place) implements BenchServer {

    private static final int FIRST_HTTP = 21180;
    private static final int FIRST_MEMBER = 21900;

    /** Payara closes a connection after 250 requests, WildFly never does. */
    private static final String KEEP_ALIVE =
            "set configs.config.server-config.network-config.protocols.protocol.http-listener.http.max-connections=-1\n";

    @Override
    public String title() {
        return Rig.path("it.payara.jar").getFileName().toString().replace(".jar", "");
    }

    @Override
    public int port(int node) {
        return FIRST_HTTP + node;
    }

    @Override
    public void prepare(int node, Keys keys) throws IOException {
        Files.writeString(
                preBoot(node), Files.readString(Rig.path("it.test-classes").resolve("loopback.asadmin")) + KEEP_ALIVE);
        BenchWar wars = new BenchWar(keys, directory(node));
        for (Variant variant : Variant.values()) {
            wars.write(variant, "");
        }
    }

    @Override
    public List<String> command(int node) {
        String members = IntStream.range(0, nodes)
                .mapToObj(i -> "127.0.0.1:" + (FIRST_MEMBER + i))
                .collect(Collectors.joining(","));
        List<String> words = new ArrayList<>(List.of("-jar", Rig.value("it.payara.jar")));
        words.addAll(List.of("--port", Integer.toString(port(node)), "--name", "bench-" + node));
        words.addAll(List.of("--prebootcommandfile", preBoot(node).toString()));
        words.addAll(List.of("--clustername", "postern-bench", "--clustermode", "tcpip:" + members));
        words.addAll(List.of("--startport", Integer.toString(FIRST_MEMBER + node), "--interfaces", "127.0.0.1"));
        words.addAll(List.of("--nohostaware", "--disablephonehome"));
        words.addAll(List.of(
                "--systemproperties",
                Rig.serverConfig("payara/micro.properties").toString()));
        for (Variant variant : Variant.values()) {
            words.add("--deploy");
            words.add(directory(node).resolve(variant.warName()).toString());
        }
        return words;
    }

    private Path preBoot(int node) {
        return directory(node).resolve("pre-boot.asadmin");
    }

    @Override
    public Path directory(int node) {
        return place.resolve("payara-" + nodes + "-" + node);
    }
}
