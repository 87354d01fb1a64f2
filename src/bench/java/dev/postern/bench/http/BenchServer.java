package dev.postern.bench.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How a node of one kind of server is made and started, with the application of every variant. Nodes are counted from 0. */
interface BenchServer {

    /** The server of that name, {@code payara} or {@code wildfly}, in a cluster of so many nodes. */
    static BenchServer of(String name, int nodes, Path place) {
        return switch (name) {
            case "payara" -> new PayaraMicro(nodes, place);
            case "wildfly" -> new WildFly(nodes, place);
            default -> throw new IllegalArgumentException("bench.http.servers has " + name);
        };
    }

    /** Its name and version. */
    String title();

    int nodes();

    int port(int node);

    /** An empty directory is filled with everything that the node needs. */
    void prepare(int node, Keys keys) throws IOException;

    /** The words that follow {@code java}. */
    List<String> command(int node);

    /** The directory of a node. */
    Path directory(int node);
}
