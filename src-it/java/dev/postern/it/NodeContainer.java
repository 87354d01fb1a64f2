package dev.postern.it;

import dev.postern.it.rig.node.AppServer;
import dev.postern.it.rig.node.AppServerSetUp;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.arquillian.container.spi.Container;
import org.jboss.arquillian.container.spi.ServerKillProcessor;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.descriptor.api.Descriptor;

/**
 * A node of the server under test as Arquillian knows it. Arquillian starts and stops its containers for each class; the server goes on
 * running between them, for as long as the classes want the same kind of grid. Each application is deployed at the root.
 *
 * <p>For one thread.
 */
public final class NodeContainer implements DeployableContainer<NodeContainer.Configuration> {

    private static final Map<String, Running> NODES = new ConcurrentHashMap<>();

    private static final Map<String, Archive<?>> DEPLOYED = new ConcurrentHashMap<>();

    private static final Set<String> PREPARED = new HashSet<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(NodeContainer::closeAll));
    }

    private static volatile CompletableFuture<Void> closing = CompletableFuture.completedFuture(null);

    private Configuration configuration = new Configuration();

    private record Running(GridKind grid, AppServer server) {}

    /** Makes it known to Arquillian. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            builder.service(DeployableContainer.class, NodeContainer.class)
                    .service(ServerKillProcessor.class, Killer.class);
        }
    }

    /** Ends a node with SIGKILL. */
    public static final class Killer implements ServerKillProcessor {
        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public void kill(Container container) {
            of(container.getName()).kill();
        }
    }

    /** What {@code arquillian.xml} says of a node, and the test class. */
    public static final class Configuration implements ContainerConfiguration {

        private String node = "";
        private GridKind grid = GridKind.PLAIN;

        public void setNode(String node) {
            this.node = node;
        }

        public void setGrid(String grid) {
            this.grid = GridKind.valueOf(grid);
        }

        @Override
        public void validate() {
            if (node.isEmpty()) {
                throw new IllegalArgumentException("arquillian.xml does not name the node.");
            }
        }
    }

    /** The server of a node that was started, and perhaps killed. */
    static AppServer of(String node) {
        return running(node).server();
    }

    private static Running running(String node) {
        Running running = NODES.get(node);
        if (running == null) {
            throw new IllegalStateException("The node " + node + " was never started.");
        }
        return running;
    }

    @Override
    public Class<Configuration> getConfigurationClass() {
        return Configuration.class;
    }

    @Override
    public void setup(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start() {
        closing.join(); // a node that ends may still have its ports
        Running before = NODES.get(configuration.node);
        if (before != null && before.server().isAlive() && before.grid().isMadeLike(configuration.grid)) {
            return;
        }
        if (before != null && before.server().isAlive()) {
            NODES.values().forEach(node -> node.server().stop()); // or it would meet a node of the other grid
            NODES.clear();
        }
        AppServerSetUp setUp = configuration.grid.node(configuration.node);
        if (PREPARED.add(configuration.node)) {
            AppServer.prepare(setUp);
        }
        NODES.put(configuration.node, new Running(configuration.grid, AppServer.started(setUp)));
    }

    /**
     * Starts the server of a node that has ended, with its application, outside Arquillian, which would start one after
     * the other. Payara Micro has forgotten what was deployed.
     */
    static void startAgain(String node) {
        GridKind grid = running(node).grid();
        AppServer server = AppServer.started(grid.node(node));
        NODES.put(node, new Running(grid, server));
        Archive<?> archive = DEPLOYED.get(node);
        if (Rig.hasGrid() && archive != null && !server.deployAtRoot(archive)) {
            throw new IllegalStateException("The node " + node + " refuses " + archive.getName() + ".");
        }
    }

    private static void closeAll() {
        closing.join();
        NODES.values().forEach(node -> node.server().close());
    }

    /** Ends the nodes, while the caller goes on: nodes that wait for nothing keep the processors from others. */
    public static void closeAllMeanwhile() {
        List<Running> running = List.copyOf(NODES.values());
        NODES.clear();
        closing = CompletableFuture.runAsync(
                () -> running.forEach(node -> node.server().close()),
                action -> new Thread(action, "end-of-nodes").start());
    }

    /** Leaves the server running for the next class. */
    @Override
    public void stop() {}

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return new ProtocolDescription("Local");
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        if (!of(configuration.node).deployAtRoot(archive)) {
            throw new DeploymentException("The node " + configuration.node + " refuses " + archive.getName() + ".");
        }
        DEPLOYED.put(configuration.node, archive);
        return new ProtocolMetaData();
    }

    @Override
    public void undeploy(Archive<?> archive) {
        DEPLOYED.remove(configuration.node);
        of(configuration.node).undeploy(archive);
    }

    @Override
    @SuppressWarnings("deprecation") // as the interface has it
    public void deploy(Descriptor descriptor) {
        throw new UnsupportedOperationException("Only archives are deployed.");
    }

    @Override
    @SuppressWarnings("deprecation") // as the interface has it
    public void undeploy(Descriptor descriptor) {
        throw new UnsupportedOperationException("Only archives are deployed.");
    }
}
