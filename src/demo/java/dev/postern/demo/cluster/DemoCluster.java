package dev.postern.demo.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Runs two Payara Micro nodes with the order desk as one cluster until it is told to stop, and leaves no process behind.
 *
 * <p>Safe for concurrent use: the shutdown hook stops what the main thread started.
 */
public final class DemoCluster {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final List<Node> nodes = new ArrayList<>();
    private boolean stopping;

    private DemoCluster() {}

    /**
     * Starts the cluster and stays until both nodes have ended.
     *
     * @param args the server's jar, the application, and the directory for logs and other files
     */
    public static void main(String[] args) throws InterruptedException {
        DemoCluster cluster = new DemoCluster();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop, "demo-stop"));
        try {
            cluster.run(
                    DemoPorts.fromSystemProperties(),
                    new NodeFiles(Path.of(args[0]), Path.of(args[1]), Path.of(args[2])));
        } catch (DemoException | IOException e) {
            // While the hook runs, nodes end because they are asked to; that is no failure.
            if (!cluster.isStopping()) {
                System.err.println("The demo does not run: " + e.getMessage());
            }
            System.exit(1);
        }
    }

    private void run(DemoPorts ports, NodeFiles files) throws InterruptedException, IOException {
        ports.checkFree();
        files.prepare();
        System.out.println("Starting two nodes. It takes half a minute, on a busy machine more.");
        List<Node> both = List.of(start(new NodeCommand(1, ports, files)), start(new NodeCommand(2, ports, files)));
        for (Node node : both) {
            node.awaitReady(PATIENCE);
        }
        System.out.println(new Greeting(both).text());
        CompletableFuture.allOf(both.stream().map(this::sayEnded).toArray(CompletableFuture[]::new))
                .join();
        throw new DemoException("both nodes have ended; see their logs in " + files.directory());
    }

    private synchronized Node start(NodeCommand command) throws IOException {
        if (stopping) {
            throw new DemoException("it was stopped");
        }
        Node node = Node.start(command);
        nodes.add(node);
        return node;
    }

    private CompletableFuture<Void> sayEnded(Node node) {
        return node.process().onExit().thenAccept(process -> {
            if (!isStopping()) {
                System.out.println("The node on port " + node.port() + " has ended.");
            }
        });
    }

    private void stop() {
        List<Node> started = beginStop();
        if (!started.isEmpty()) {
            System.out.println("Stopping the nodes.");
            started.forEach(Node::askToStop);
            started.forEach(Node::awaitStop);
            System.out.println("All nodes are stopped.");
        }
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized List<Node> beginStop() {
        stopping = true;
        return List.copyOf(nodes);
    }
}
