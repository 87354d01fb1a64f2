package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.arquillian.container.test.api.ContainerController;
import org.jboss.arquillian.container.test.api.Deployer;

/**
 * The two nodes of the server under test, with the test application on both.
 *
 * <p>For one thread.
 */
public final class TwoNodes {

    private final ContainerController containers;
    private final Deployer deployer;
    private final GridKind grid;
    private final Set<String> killed = new TreeSet<>();
    private final Map<String, Process> frozen = new TreeMap<>();

    TwoNodes(ContainerController containers, Deployer deployer, GridKind grid) {
        this.containers = containers;
        this.deployer = deployer;
        this.grid = grid;
    }

    /** Starts both nodes and deploys the application of the running test class to each. */
    void start() {
        for (String node : List.of(NODE_A, NODE_B)) {
            startServer(node);
            deployer.deploy(node);
            requirePostern(node);
        }
    }

    private void startServer(String node) {
        if (Rig.onWildFly()) {
            containers.start(node);
        } else {
            containers.start(node, grid.payaraMicro(node));
        }
    }

    /** Payara Micro starts without an application that could not be deployed, and says nothing of it to Arquillian. */
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

    /** Stops the node where it stands, with SIGSTOP: it answers nobody, and its connections stay open. */
    public void freeze(String node) {
        Process process = ServerProcess.of(node);
        frozen.put(node, process);
        ServerProcess.signal(process, "STOP");
    }

    /** Lets a frozen node go on. */
    public void thaw(String node) {
        Process process = frozen.remove(node);
        if (process != null) {
            ServerProcess.signal(process, "CONT");
        }
    }

    /** Lets those go on that a test has left frozen. */
    void thawAll() {
        List.copyOf(frozen.keySet()).forEach(this::thaw);
    }

    /** Starts a node that was killed; it serves the application when the call returns. */
    public void restart(String node) {
        killed.remove(node);
        startServer(node);
        if (!Rig.onWildFly()) {
            // WildFly remembers what was deployed. A Payara Micro node is started with the application.
            deployer.deploy(node);
        }
    }

    /** Starts again what a test has killed and left so. */
    void restartKilled() {
        List.copyOf(killed).forEach(this::restart);
    }
}
