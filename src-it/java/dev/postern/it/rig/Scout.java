package dev.postern.it.rig;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.judge.History;
import dev.postern.it.rig.load.Recorder;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Node;
import java.time.Duration;

/** Finds out from the outside whether nodes are one cluster, with sessions that are in no history. */
final class Scout {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Scout() {}

    /** Whether a session that begins on any node works on every one. */
    static boolean findsOneGrid(Cluster cluster) {
        Recorder recorder = new Recorder(new History(System::nanoTime), PATIENCE);
        return cluster.nodes().stream().allMatch(home -> isKnown(recorder, home, cluster));
    }

    private static boolean isKnown(Recorder recorder, Node home, Cluster cluster) {
        Answer begun = recorder.begin(home, "scout").join();
        return begun.is(Outcome.LIVE)
                && cluster.nodes().stream().allMatch(node -> recorder.send(node, Kind.LOOK, Held.of(begun))
                        .join()
                        .is(Outcome.LIVE));
    }
}
