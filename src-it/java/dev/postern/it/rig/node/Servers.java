package dev.postern.it.rig.node;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Starts nodes of a server, each of which is laid out before it is started for the first time.
 *
 * <p>For one thread.
 */
final class Servers implements Launcher {

    private final Server server;
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Set<Integer> prepared = new HashSet<>();

    Servers(Server server) {
        this.server = server;
    }

    @Override
    public Node start(String node, List<String> jvm, Consumer<String> watcher) throws IOException {
        int number = Cluster.NODES.indexOf(node);
        if (prepared.add(number)) {
            server.prepare(number);
        }
        return new HttpNode(node, server.start(number), server, callers);
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
