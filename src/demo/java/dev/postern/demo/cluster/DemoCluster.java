package dev.postern.demo.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Runs two nodes with the order desk as one cluster until it is told to stop, and leaves no process behind. Its page
 * can kill, freeze, thaw and start the nodes. Safe for concurrent use: the shutdown hook stops what other threads have
 * started.
 */
public final class DemoCluster {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final NodeServer server;
    private final DemoRun run;
    private final List<DemoNode> nodes = new ArrayList<>();
    private Optional<DemoDatabase> database = Optional.empty();
    private boolean stopping;

    private DemoCluster(NodeServer server, DemoRun run) {
        this.server = server;
        this.run = run;
    }

    /**
     * Starts the cluster and stays until the process is told to stop.
     *
     * @param args {@code payara} or {@code wildfly}, the server's jar or directory, the application, the directory for
     *     logs and other files, and the directory {@code server-config}
     */
    public static void main(String[] args) throws InterruptedException {
        NodeServer server =
                args[0].equals("wildfly") ? new WildFlyNodeServer(Path.of(args[1])) : new PayaraMicro(Path.of(args[1]));
        DemoCluster cluster = new DemoCluster(
                server,
                new DemoRun(
                        Path.of(args[2]),
                        Path.of(args[3]),
                        Path.of(args[4]),
                        DemoPorts.fromSystemProperties(server.gridStep())));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::stop, "demo-stop"));
        try {
            cluster.run();
        } catch (DemoException | IOException e) {
            // While the hook runs, nodes end because they are asked to; that is no failure.
            if (!cluster.isStopping()) {
                System.err.println("The demo does not run: " + e.getMessage());
            }
            System.exit(1);
        }
    }

    private void run() throws InterruptedException, IOException {
        run.ports().checkFree();
        run.clear();
        server.prepare(run);
        Optional<DemoStore> store = DemoStore.fromSystemProperties(run.store());
        DemoDatabase database = open(store);
        ControlServer control = ControlServer.open();
        System.out.println("Starting two nodes. It takes half a minute, on a busy machine more.");
        List<DemoNode> both = Stream.of(1, 2)
                .map(number -> new DemoNode(number, run.port(number), launch(number, database, store, control)))
                .toList();
        for (DemoNode node : both) {
            start(node);
        }
        for (DemoNode node : both) {
            node.awaitReady(PATIENCE);
        }
        control.serve(both, run.ports().origins(), this::carryOut);
        System.out.println(new ReadyMessage(both).text());
        new CountDownLatch(1).await();
    }

    private synchronized DemoDatabase open(Optional<DemoStore> store) {
        DemoDatabase opened = store.map(DemoDatabase::start).orElseGet(DemoDatabase::start);
        database = Optional.of(opened);
        return opened;
    }

    private DemoNode.Launch launch(
            int number, DemoDatabase database, Optional<DemoStore> store, ControlServer control) {
        List<String> command = Stream.of(
                        List.of(
                                DemoNode.java(),
                                "-Xmx512m",
                                "-Djava.net.preferIPv4Stack=true",
                                "-Dhazelcast.phone.home.enabled=false",
                                "-Ddesk.database=" + database.url(),
                                "-Ddesk.control=" + control.url(),
                                "-Ddesk.nodes=" + DemoPorts.listed(run.ports().http(), ""),
                                "-Dpostern.cross-site.trusted-origins="
                                        + String.join(",", run.ports().origins())),
                        store.map(DemoStore::settings).orElse(List.of()),
                        settings(),
                        server.command(run, number))
                .flatMap(List::stream)
                .toList();
        // Other users of the machine can read a command line, but not the environment of a process.
        Map<String, String> environment = new TreeMap<>(
                Map.of("DESK_DATABASE_PASSWORD", database.password(), "DESK_CONTROL_TOKEN", control.token()));
        store.map(DemoStore::environment).ifPresent(environment::putAll);
        return new DemoNode.Launch(command, environment, run.log(number), server.startedMarker());
    }

    /** Settings of Postern that were given to Maven. */
    private static List<String> settings() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("postern."))
                .sorted()
                .map(name -> "-D" + name + "=" + System.getProperty(name))
                .toList();
    }

    private synchronized void start(DemoNode node) throws IOException {
        if (stopping) {
            throw new DemoException("it was stopped");
        }
        node.start();
        if (!nodes.contains(node)) {
            nodes.add(node);
        }
    }

    private void carryOut(DemoNode node, String action) throws IOException, InterruptedException {
        switch (action) {
            case "kill" -> node.kill();
            case "freeze" -> node.freeze();
            case "thaw" -> node.thaw();
            case "start" -> {
                start(node);
                Thread waiting = new Thread(() -> reportReady(node), "demo-start-" + node.number());
                waiting.setDaemon(true);
                waiting.start();
            }
            default -> throw new DemoException("there is no action " + action);
        }
        System.out.println("The node on port " + node.port() + ": " + action + ".");
    }

    private void reportReady(DemoNode node) {
        try {
            node.awaitReady(PATIENCE);
            System.out.println("The node on port " + node.port() + " is ready (process " + node.pid() + ").");
        } catch (DemoException | IOException e) {
            if (!isStopping()) {
                System.err.println("A node does not run: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        List<DemoNode> started = beginStop();
        if (!started.isEmpty()) {
            System.out.println("Stopping the nodes.");
            started.forEach(DemoNode::askToStop);
            started.forEach(DemoNode::awaitStop);
            System.out.println("All nodes are stopped.");
        }
        openDatabase().ifPresent(DemoDatabase::stop);
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private synchronized Optional<DemoDatabase> openDatabase() {
        return database;
    }

    private synchronized List<DemoNode> beginStop() {
        stopping = true;
        return List.copyOf(nodes);
    }
}
