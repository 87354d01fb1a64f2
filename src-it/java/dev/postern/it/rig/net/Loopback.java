package dev.postern.it.rig.net;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The loopback interface, with a port for each of so many nodes. It cannot be cut.
 *
 * <p>Immutable.
 */
public record Loopback(int firstPort, int nodes) implements Network {

    @Override
    public String members() {
        return IntStream.range(firstPort, firstPort + nodes)
                .mapToObj(port -> "127.0.0.1:" + port)
                .collect(Collectors.joining(","));
    }

    @Override
    public List<String> at(String node) {
        return List.of();
    }

    /** Changes nothing. */
    @Override
    public void close() {}
}
