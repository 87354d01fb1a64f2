package dev.postern.bench.http;

import static org.awaitility.Awaitility.await;

import dev.postern.it.Leftovers;
import dev.postern.it.rig.node.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The running nodes of one server, with every variant on each.
 *
 * <p>For one thread.
 */
final class BenchNodes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long SECONDS_TO_STOP = 30;
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Server server;
    private final List<Process> nodes = new ArrayList<>();
    private final Thread end = new Thread(() -> nodes.forEach(Process::destroyForcibly), "end-of-nodes");

    BenchNodes(Server server) {
        this.server = server;
    }

    /** Starts all of them, and waits until each variant answers 200 or refuses strangers, as it should. */
    void start(UserProofs proofs) throws IOException {
        Leftovers.remove();
        Runtime.getRuntime().addShutdownHook(end);
        for (int node = 0; node < server.layout().nodes(); node++) {
            server.prepare(node);
            nodes.add(server.start(node));
        }
        for (int port : ports()) {
            for (Variant variant : Variant.values()) {
                await(variant + " serves at port " + port)
                        .atMost(PATIENCE)
                        .until(() -> isServing(variant, port, proofs));
            }
        }
    }

    private boolean isServing(Variant variant, int port, UserProofs proofs) {
        for (int node = 0; node < nodes.size(); node++) {
            if (!nodes.get(node).isAlive()) {
                throw new IllegalStateException("A node has ended; see " + server.log(node));
            }
        }
        int status = proofs.statusOfStranger(variant, port);
        return variant.hasFixedCaller() ? status == OK : status == UNAUTHORIZED || status == FORBIDDEN;
    }

    List<Integer> ports() {
        return IntStream.range(0, server.layout().nodes())
                .mapToObj(server::port)
                .toList();
    }

    /** Microseconds of processor time that all nodes have taken so far. */
    double cpu() {
        return nodes.stream()
                .mapToDouble(node -> ClosedLoop.micros(node.toHandle()))
                .sum();
    }

    @Override
    public void close() {
        nodes.forEach(Process::destroy);
        try {
            for (Process node : nodes) {
                node.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            nodes.forEach(Process::destroyForcibly);
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
