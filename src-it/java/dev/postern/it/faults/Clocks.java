package dev.postern.it.faults;

import dev.postern.it.rig.Trial;
import dev.postern.it.rig.node.Cluster;
import java.time.Duration;
import java.util.List;

/**
 * Clocks of the nodes that are five minutes behind, right, and five minutes ahead. The cluster's clock is the
 * master's, so it jumps when the master leaves (HZ-29). Servers have the clock of the machine.
 */
final class Clocks {

    private static final Duration OFFSET = Duration.ofMinutes(5);
    private static final List<Long> OFFSETS = List.of(-OFFSET.toMillis(), 0L, OFFSET.toMillis());

    private Clocks() {}

    /** Starts the nodes, which keep their clocks, one after the other: the one that was started first is the master. */
    static void start(Trial trial) {
        for (int i = 0; i < OFFSETS.size(); i++) {
            int members = i + 1;
            trial.cluster().start(Cluster.NODES.get(i), "-Dcom.hazelcast.clock.offset=" + OFFSETS.get(i));
            trial.await(() -> trial.cluster().sees(members, Cluster.NODES.subList(0, members)));
        }
        trial.await(trial::isWhole);
    }
}
