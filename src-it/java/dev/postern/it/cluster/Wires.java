package dev.postern.it.cluster;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One thread's connections to the nodes, with what a load balancer does: a node that did not answer is left alone for a moment.
 *
 * <p>For one thread.
 */
final class Wires implements AutoCloseable {

    private static final long NANOS_APART = 250_000_000;

    private final int[] ports;
    private final @Nullable Wire[] open;
    private final long[] failedAt;

    Wires(int... ports) {
        this.ports = ports.clone();
        this.open = new Wire[ports.length];
        this.failedAt = new long[ports.length];
        Arrays.fill(failedAt, System.nanoTime() - NANOS_APART);
    }

    /** One of the nodes that are not left alone; any of them when all are. */
    int node(Random random) {
        long now = System.nanoTime();
        int first = random.nextInt(ports.length);
        for (int i = 0; i < ports.length; i++) {
            int node = (first + i) % ports.length;
            if (now - failedAt[node] >= NANOS_APART) {
                return node;
            }
        }
        return first;
    }

    Wire.Response send(int node, String method, String path, String cookie, String form) throws IOException {
        try {
            return wire(node).send(method, path, cookie, form);
        } catch (IOException e) {
            failedAt[node] = System.nanoTime();
            drop(node);
            throw e;
        }
    }

    private Wire wire(int node) throws IOException {
        Wire wire = open[node];
        if (wire == null || !wire.isOpen()) {
            drop(node);
            wire = new Wire(ports[node]);
            open[node] = wire;
        }
        return wire;
    }

    private void drop(int node) throws IOException {
        Wire wire = open[node];
        open[node] = null;
        if (wire != null) {
            wire.close();
        }
    }

    @Override
    public void close() throws IOException {
        for (int node = 0; node < ports.length; node++) {
            drop(node);
        }
    }
}
