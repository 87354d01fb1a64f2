package dev.postern.it.faults;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Node;
import dev.postern.it.rig.node.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One call ends all sessions of a user who has very many, on every node. */
@Tag(Form.FAULTS)
@Tag("G17")
class RevokeAllFaultsIT {

    private static final int SESSIONS = 1000;
    private static final int AT_ONCE = 50;

    @Test
    @Tag(Form.LONG)
    void noSessionOfTheUserIsLetInAfterwards() {
        int users = Form.rounds("users");
        long slowest = 0;
        long total = 0;
        try (Trial trial = Trial.ofMembers(new Plan("G17-revoke-all", Pace.BRISK, Trial.MAJORITY))) {
            trial.startAll();
            for (int i = 0; i < users; i++) {
                List<Held> sessions = begin(trial, "many" + i);
                total += sessions.size();
                slowest = Math.max(slowest, endAll(trial, "many" + i, sessions));
            }
            trial.conclude(
                    "all out on every node within 1 s",
                    total + " sessions of " + users + " users; the slowest call took " + slowest + " ms",
                    slowest <= 1000,
                    slowest <= 1000 * Form.BEARABLE);
        }
    }

    private static List<Held> begin(Trial trial, String user) {
        trial.round();
        List<Held> sessions = new ArrayList<>();
        while (sessions.size() < SESSIONS) {
            List<CompletableFuture<Answer>> begun = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> trial.recorder().begin(trial.cluster().node(Cluster.NODES.get(i % 3)), user))
                    .toList();
            begun.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.is(Outcome.LIVE))
                    .map(Held::of)
                    .forEach(sessions::add);
        }
        return sessions;
    }

    /** How long it took until it was acknowledged, in milliseconds; then every node is asked for every session. */
    private static long endAll(Trial trial, String user, List<Held> sessions) {
        Node node = trial.cluster().node("a");
        long start = trial.history().now();
        trial.history().mark("end all");
        Answer answer = trial.recorder().endAll(node, user, sessions).join();
        while (!answer.is(Outcome.ENDED)) {
            answer = trial.recorder().endAll(node, user, sessions).join();
        }
        long millis = (trial.history().now() - start) / 1_000_000;
        trial.look(sessions);
        return millis;
    }
}
