package dev.postern.it.rig.net;

import java.util.List;

/**
 * The loopback interface, with a port for each of three nodes. It cannot be cut.
 *
 * <p>Immutable.
 */
public record Loopback(int firstPort) implements Network {

    @Override
    public String members() {
        return "127.0.0.1:" + firstPort + ",127.0.0.1:" + (firstPort + 1) + ",127.0.0.1:" + (firstPort + 2);
    }

    @Override
    public List<String> at(String node) {
        return List.of();
    }

    /** Changes nothing. */
    @Override
    public void close() {}
}
