package dev.postern.it.faults;

import dev.postern.it.rig.net.Namespaces;
import dev.postern.it.rig.node.Cluster;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A way to cut the network, and which nodes can still reach each other then.
 *
 * <p>Immutable.
 */
record Cut(Kind kind, String node) {

    private enum Kind {
        ONE,
        ONE_WAY,
        ALL,
        ALL_ONE_AFTER_THE_OTHER
    }

    /** One node is alone. */
    static Cut ofOne() {
        return new Cut(Kind.ONE, "a");
    }

    /** What one node sends to its neighbour gets lost. */
    static Cut oneWay() {
        return new Cut(Kind.ONE_WAY, "a");
    }

    /** Each node is alone. */
    static Cut ofAll() {
        return new Cut(Kind.ALL, "a");
    }

    /** Each node is alone, and they come back with a pause between. */
    static Cut ofAllOneAfterTheOther() {
        return new Cut(Kind.ALL_ONE_AFTER_THE_OTHER, "a");
    }

    /** The same cut at another node in each round. */
    Cut at(int round) {
        return new Cut(kind, Cluster.NODES.get(round % Cluster.NODES.size()));
    }

    /** With a cut in one direction nobody knows who will part from whom. */
    List<Set<String>> sides() {
        return kind == Kind.ONE
                ? List.of(
                        Set.of(node),
                        Set.copyOf(Cluster.NODES.stream()
                                .filter(Predicate.not(node::equals))
                                .toList()))
                : List.of(Set.of("a"), Set.of("b"), Set.of("c"));
    }

    /**
     * Whether each side sees itself alone. A cut in one direction need not be noticed by anybody: Hazelcast only asks whether
     * it has heard of a member, and what is sent again and again from the other side may be answer enough.
     */
    boolean isSeenBy(Cluster cluster) {
        return kind == Kind.ONE_WAY || sides().stream().allMatch(side -> cluster.sees(side.size(), List.copyOf(side)));
    }

    void make(Namespaces network) {
        switch (kind) {
            case ONE -> network.cut(node);
            case ONE_WAY -> network.loseFrom(node, neighbour());
            case ALL, ALL_ONE_AFTER_THE_OTHER -> Cluster.NODES.forEach(network::cut);
        }
    }

    void mend(Namespaces network, Runnable pause) {
        switch (kind) {
            case ONE -> network.mend(node);
            case ONE_WAY -> network.loseNoMore(node, neighbour());
            case ALL -> Cluster.NODES.forEach(network::mend);
            case ALL_ONE_AFTER_THE_OTHER ->
                Cluster.NODES.forEach(each -> {
                    network.mend(each);
                    pause.run();
                });
        }
    }

    private String neighbour() {
        return Cluster.NODES.get((Cluster.NODES.indexOf(node) + 1) % Cluster.NODES.size());
    }
}
