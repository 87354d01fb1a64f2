package dev.postern.bench.http;

import dev.postern.it.Leftovers;
import dev.postern.it.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The running nodes of one server, with every variant on each.
 *
 * <p>For one thread.
 */
final class BenchNodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final BenchServer server;
    private final List<BenchNode> nodes = new ArrayList<>();
    private final Thread end = new Thread(() -> nodes.forEach(BenchNode::kill), "end-of-nodes");

    BenchNodes(BenchServer server) {
        this.server = server;
    }

    /** Starts all of them, and waits until each variant answers 200 or refuses strangers, as it should. */
    void start(Keys keys, SignIn signIn) throws IOException {
        Leftovers.remove();
        Runtime.getRuntime().addShutdownHook(end);
        for (int node = 0; node < server.nodes(); node++) {
            nodes.add(BenchNode.start(server, node, keys));
        }
        for (int port : ports()) {
            for (Variant variant : Variant.values()) {
                if (!Pause.untilTrue(PATIENCE, () -> isServing(variant, port, signIn))) {
                    throw new IllegalStateException(
                            variant + " does not serve: " + signIn.statusOfStranger(variant, port));
                }
            }
        }
    }

    private boolean isServing(Variant variant, int port, SignIn signIn) {
        nodes.forEach(BenchNode::checkAlive);
        int status = signIn.statusOfStranger(variant, port);
        return variant.hasFixedCaller() ? status == OK : status == UNAUTHORIZED || status == FORBIDDEN;
    }

    List<Integer> ports() {
        return IntStream.range(0, server.nodes()).mapToObj(server::port).toList();
    }

    /** Microseconds of processor time that all nodes have taken so far. */
    double cpu() {
        return nodes.stream().mapToDouble(BenchNode::cpu).sum();
    }

    @Override
    public void close() {
        try {
            for (BenchNode node : nodes) {
                node.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            nodes.forEach(BenchNode::kill);
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
