package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * The two nodes of the server under test, with the test application on both.
 *
 * <p>For one thread.
 */
public final class TwoNodes {

    private static final List<String> NODES = List.of(NODE_A, NODE_B);

    /** Whether one processor is there or several. */
    private static final Executor EACH_AT_ONCE = action -> new Thread(action, "node").start();

    private final ContainerController containers;
    private final Deployer deployer;
    private final GridKind grid;
    private final Set<String> killed = new TreeSet<>();
    private final Set<String> frozen = new TreeSet<>();

    TwoNodes(ContainerController containers, Deployer deployer, GridKind grid) {
        this.containers = containers;
        this.deployer = deployer;
        this.grid = grid;
    }

    /** Deploys the application of the running test class to both nodes, which are started where none run in such a grid. */
    void start() {
        for (String node : NODES) {
            startServer(node);
            deployer.deploy(node);
            requirePostern(node);
        }
    }

    private void startServer(String node) {
        containers.start(node, Map.of("node", node, "grid", grid.name()));
    }

    private void requirePostern(String node) {
        new Browser().get(url(node).resolve("postern/session")).isUnauthorized();
    }

    public URI a() {
        return url(NODE_A);
    }

    public URI b() {
        return url(NODE_B);
    }

    /** Where the application answers on that node; ends with a slash. */
    public URI url(String node) {
        return URI.create("http://127.0.0.1:" + Rig.httpPort(node) + "/");
    }

    /** Ends the node with SIGKILL; it is gone when the call returns. */
    public void kill(String node) {
        containers.kill(node);
        killed.add(node);
    }

    /** Ends both nodes with SIGKILL, as a power cut does. */
    void killAll() {
        onEach(node -> NodeContainer.of(node).kill());
        NODES.forEach(this::kill);
    }

    /** Stops both nodes in good order, at once. */
    void stopAll() {
        onEach(node -> NodeContainer.of(node).stop());
        stopInTurn();
    }

    /** Stops both nodes in good order, one after the other. */
    void stopInTurn() {
        for (String node : NODES) {
            NodeContainer.of(node).stop();
            containers.stop(node);
            killed.add(node);
        }
    }

    /** Starts both nodes at once, which were stopped or killed; they serve the application when the call returns. */
    void startAll() {
        onEach(NodeContainer::startAgain);
        for (String node : NODES) {
            killed.remove(node);
            startServer(node); // it runs; Arquillian hears of it
            requirePostern(node);
        }
    }

    private static void onEach(Consumer<String> action) {
        CompletableFuture.allOf(NODES.stream()
                        .map(node -> CompletableFuture.runAsync(() -> action.accept(node), EACH_AT_ONCE))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Stops the node where it stands, with SIGSTOP: it answers nobody, and its connections stay open. */
    public void freeze(String node) {
        frozen.add(node);
        NodeContainer.of(node).freeze();
    }

    /** Lets a frozen node go on. */
    public void thaw(String node) {
        if (frozen.remove(node)) {
            NodeContainer.of(node).thaw();
        }
    }

    /** What the threads of a node do, as {@code jstack} shows it. Their names tell no secret. */
    String threads(String node) {
        Path jstack = Path.of(System.getProperty("java.home"), "bin", "jstack");
        String threads = Shell.run(
                jstack.toString(), Long.toString(NodeContainer.of(node).pid()));
        Discretion.check("A thread", threads);
        return threads;
    }

    /** Lets those go on that a test has left frozen. */
    void thawAll() {
        List.copyOf(frozen).forEach(this::thaw);
    }

    /** Starts a node that was killed; it serves the application when the call returns. */
    public void restart(String node) {
        killed.remove(node);
        startServer(node);
        if (Rig.hasGrid()) {
            // Payara Micro has forgotten what was deployed.
            deployer.deploy(node);
        }
    }

    /** Starts again what a test has killed and left so. */
    void restartKilled() {
        List.copyOf(killed).forEach(this::restart);
    }
}
