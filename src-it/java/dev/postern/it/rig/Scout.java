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
import java.util.stream.IntStream;

/** Finds out from the outside whether nodes are one cluster, with sessions that are in no history. */
final class Scout {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * Sessions that begin on each node. One proves little: a node that others have dropped, and that does not know it
     * yet, finds the rows of which it believes that others own them.
     */
    private static final int SESSIONS = 8;

    private Scout() {}

    /** Whether sessions that begin on any node work on every one. */
    static boolean findsOneGrid(Cluster cluster) {
        Recorder recorder = new Recorder(new History(System::nanoTime), PATIENCE);
        return IntStream.range(0, SESSIONS)
                .allMatch(number ->
                        cluster.nodes().stream().allMatch(home -> isKnown(recorder, home, "scout" + number, cluster)));
    }

    private static boolean isKnown(Recorder recorder, Node home, String user, Cluster cluster) {
        Answer begun = recorder.begin(home, user).join();
        return begun.is(Outcome.LIVE)
                && cluster.nodes().stream()
                        .allMatch(node -> recorder.send(node, Kind.LOOK, Held.of(begun))
                                .join()
                                .is(Outcome.LIVE));
    }
}
