package dev.postern.it;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** What the observers of both nodes, each a bean of the application's own classes, have seen of a session. */
final class Events {

    private final TwoNodes nodes;

    Events(TwoNodes nodes) {
        this.nodes = nodes;
    }

    /** The names of the events of a session: first those of one node, then those of the other. */
    List<String> names(String handle) {
        return lines(handle).stream()
                .map(line -> line.substring(0, line.indexOf('[')))
                .toList();
    }

    /** The events themselves, as texts. */
    List<String> lines(String handle) {
        return Stream.of(nodes.a(), nodes.b())
                .map(node -> trail(node, handle))
                .flatMap(String::lines)
                .toList();
    }

    private static String trail(URI node, String handle) {
        return Browser.getWith(node.resolve("trail?" + handle)).has(200).body();
    }
}
