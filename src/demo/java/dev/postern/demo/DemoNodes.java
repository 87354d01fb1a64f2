package dev.postern.demo;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the nodes of the demo are, as pages see them. The system property {@code desk.nodes} names other ports than
 * 8080 and 8081. Immutable.
 *
 * @param ports the port of each node, on this machine
 * @param control where the launcher listens; empty without a launcher
 */
public record DemoNodes(List<Integer> ports, String control) {

    public DemoNodes {
        ports = List.copyOf(ports);
    }

    /** The nodes that the launcher has told this one of. */
    public static DemoNodes configured() {
        return of(System.getProperty("desk.nodes", "8080,8081"), System.getProperty("desk.control", ""));
    }

    static DemoNodes of(String ports, String control) {
        return new DemoNodes(
                Stream.of(ports.split(","))
                        .map(String::strip)
                        .map(Integer::valueOf)
                        .toList(),
                control);
    }

    /** Whether the page of one of the nodes has sent a request with this header {@code Origin}. */
    boolean isOrigin(String origin) {
        return ports.stream().anyMatch(port -> origin.equals("http://localhost:" + port));
    }

    /** Which places the page may connect to: the nodes and the launcher. In the words of a content security policy. */
    String connectSources() {
        return Stream.concat(
                        ports.stream().flatMap(port -> Stream.of("http://localhost:" + port, "ws://localhost:" + port)),
                        Stream.of(control).filter(text -> !text.isEmpty()))
                .collect(Collectors.joining(" "));
    }
}
