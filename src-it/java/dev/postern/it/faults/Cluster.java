package dev.postern.it.faults;

import dev.postern.it.Leftovers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Three nodes, each in a JVM of its own, which form one cluster. Whatever ends the rig ends them.
 *
 * <p>For one thread.
 */
final class Cluster implements AutoCloseable {

    static final List<String> NODES = List.of("a", "b", "c");

    /** Small and quick to start. Everything else is as the product has it. */
    private static final List<String> JVM = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.net.preferIPv4Stack=true",
            "-Dhazelcast.partition.count=31",
            "-Dhazelcast.logging.type=jdk");

    private final Network network;
    private final NodeSettings settings;
    private final Path logs;
    private final Consumer<String> watcher;
    private final Map<String, NodeProcess> running = new ConcurrentHashMap<>();
    private final Thread hook = new Thread(this::killAll);

    /** A cluster without nodes, whose nodes write their logs there; the watcher is told each time that a node sees other members. */
    Cluster(Network network, NodeSettings settings, Path logs, Consumer<String> watcher) {
        this.network = network;
        this.settings = settings;
        this.logs = logs;
        this.watcher = watcher;
        Leftovers.remove();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts the node; it is ready once it sees itself as a member. */
    void start(String node, String... jvm) {
        List<String> command = new ArrayList<>(network.at(node));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add(Leftovers.mark());
        command.addAll(Arrays.asList(jvm));
        command.addAll(settings.arguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), FaultNode.class.getName()));
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.redirectError(ProcessBuilder.Redirect.appendTo(
                    logs.resolve("node-" + node + ".log").toFile()));
            running.put(node, new NodeProcess(node, builder.start(), watcher));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    NodeProcess node(String name) {
        return Optional.ofNullable(running.get(name)).orElseThrow();
    }

    Collection<NodeProcess> nodes() {
        return running.values();
    }

    /** Whether all three run, and each sees the others. */
    boolean isWhole() {
        return sees(NODES.size(), NODES);
    }

    /** Whether each of these nodes sees so many members, and has merged its rows with theirs. */
    boolean sees(int members, List<String> nodes) {
        return nodes.stream()
                .allMatch(name -> running.containsKey(name) && node(name).isAmong(members));
    }

    /** One of the nodes to which a load balancer would send a request now. */
    Optional<NodeProcess> anyOpen(RandomGenerator random) {
        List<NodeProcess> open =
                running.values().stream().filter(NodeProcess::isOpen).toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    /** Ends all nodes, and the network with them. */
    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void killAll() {
        running.values().forEach(NodeProcess::kill);
        network.close();
    }
}
