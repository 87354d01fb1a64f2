package dev.postern.it.rig.node;

import dev.postern.it.Leftovers;
import dev.postern.it.rig.net.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Nodes of one kind, each in a JVM of its own, and three of them for most rigs. They end with the rig, however that ends.
 *
 * <p>For one thread.
 */
public final class Cluster implements AutoCloseable {

    public static final List<String> NODES = List.of("a", "b", "c");

    private final Launcher launcher;
    private final Map<String, Node> running = new ConcurrentHashMap<>();
    private final Map<String, List<String>> jvmArguments = new ConcurrentHashMap<>();
    private final Thread hook = new Thread(this::killAll, "end-of-nodes");
    private volatile Consumer<String> watcher = text -> {};

    private Cluster(Launcher launcher) {
        this.launcher = launcher;
        Leftovers.remove();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Bare members, which write their logs into that directory. */
    public static Cluster of(Network network, MemberSettings settings, Path logs) {
        return new Cluster(new BareMembers(network, settings, logs));
    }

    public static Cluster of(Server server) {
        return new Cluster(new Servers(server));
    }

    /** From now on the watcher is told each time that a bare member sees other members. */
    public void watch(Consumer<String> by) {
        watcher = by;
    }

    /** Starts the node, with these further arguments of a bare member's JVM, which it keeps when it is started again. */
    public void start(String node, String... jvm) {
        if (jvm.length > 0) {
            jvmArguments.put(node, List.of(jvm));
        }
        try {
            running.put(
                    node,
                    launcher.start(node, jvmArguments.getOrDefault(node, List.of()), text -> watcher.accept(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node that was started last under that name. */
    public Node node(String name) {
        return Optional.ofNullable(running.get(name)).orElseThrow();
    }

    /** The node, which must be one of a server. */
    public HttpNode server(String name) {
        return (HttpNode) node(name);
    }

    public Collection<Node> nodes() {
        return running.values();
    }

    /** Whether all three serve, and each sees the others. */
    public boolean isWhole() {
        return sees(NODES.size(), NODES);
    }

    /** Whether each of these nodes serves; a bare member also has to see so many, and to have merged its rows with theirs. */
    public boolean sees(int members, List<String> nodes) {
        return nodes.stream()
                .allMatch(name -> running.containsKey(name) && node(name).isAmong(members));
    }

    /** One of the nodes to which a load balancer would send a request now. */
    public Optional<Node> anyOpen(RandomGenerator random) {
        List<Node> open = running.values().stream().filter(Node::isOpen).toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    /** Ends all nodes, and the network with them. */
    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void killAll() {
        running.values().forEach(Node::kill);
        launcher.close();
    }
}
