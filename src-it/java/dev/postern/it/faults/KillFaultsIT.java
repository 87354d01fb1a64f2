package dev.postern.it.faults;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.judge.Call;
import dev.postern.it.rig.judge.Tally.Failures;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes are killed with SIGKILL, or stopped, under load, and with each master the clock of the cluster jumps. */
@Tag(Form.FAULTS)
@Tag(Form.ON_SERVERS)
class KillFaultsIT {

    private static final Duration CALM = Duration.ofSeconds(3);

    /** For longer than requests may fail after a kill, on a busy machine too: else nobody would see that they do. */
    private static final Duration AFTERMATH = Duration.ofSeconds(Form.BEARABLE + 2);

    private static final Duration LONELINESS = Duration.ofSeconds(12);
    private static final String KILLED = "SIGKILL";

    @Test
    @Tag("G2")
    @Tag("G3")
    @Tag("G9")
    @Tag("G14")
    @Tag("G15")
    void openNodesLoseNoSessionWhicheverLeave() {
        int rounds = Form.rounds("kills");
        try (Trial trial = Trial.of(new Plan("G2-G3-G14-G15-open", Pace.BRISK, Trial.OPEN))) {
            Clocks.start(trial);
            Failures worst = Failures.NONE;
            long answered = 0;
            for (int round = 0; round < rounds; round++) {
                worst = worst.worst(leaveInTurn(trial, round));
                answered += killTwo(trial, round).answered().size();
            }
            trial.conclude(
                    "0 lost, 0 wrong users; what is sent later than 1 s after one is killed is served; the last node goes on",
                    figure(worst) + "; " + answered + " answered by the last one",
                    worst.sent() <= 1000 && answered > 0,
                    worst.sent() <= 1000 * Form.BEARABLE && answered > 0);
        }
    }

    @Test
    @Tag(Form.LONG)
    @Tag("G2")
    @Tag("G3")
    @Tag("G9")
    @Tag("G14")
    @Tag("G15")
    void strictNodesAnswerNothingUntilASecondOneIsBack() {
        int rounds = Form.rounds("strict-kills");
        try (Trial trial = Trial.of(new Plan("G2-G3-G14-G15-majority", Pace.BRISK, Trial.MAJORITY))) {
            Clocks.start(trial);
            Failures worst = Failures.NONE;
            long until = 0;
            for (int round = 0; round < rounds; round++) {
                worst = worst.worst(leaveInTurn(trial, round));
                until = Math.max(until, millis(killTwo(trial, round)));
            }
            trial.conclude(
                    "what is sent later than 1 s after one is killed is served; unavailable from 2 s after two are killed"
                            + " until a second node is back, then all sessions valid",
                    figure(worst) + "; the last one answered until " + until + " ms after two were killed",
                    worst.sent() <= 1000 && until <= 2000,
                    worst.sent() <= 1000 * Form.BEARABLE && until <= 2000 * Form.BEARABLE);
        }
    }

    private static String figure(Failures worst) {
        return "requests failed that were sent up to " + worst.sent() + " ms after a kill, the last was answered "
                + worst.answered() + " ms after it";
    }

    /**
     * One is killed, one closed by a call, one ended by SIGTERM, and each is started again before the next one
     * leaves. Each is the master by then, because it runs for longer than the others.
     */
    private static Failures leaveInTurn(Trial trial, int round) {
        trial.round();
        trial.load().run(CALM);
        Failures failures = trial.replaceKilled(Cluster.NODES.get(round % 3), AFTERMATH);
        trial.load().run(CALM);
        trial.restart(Cluster.NODES.get((round + 1) % 3), true);
        trial.load().run(CALM);
        trial.restart(Cluster.NODES.get((round + 2) % 3), false);
        trial.load().run(CALM);
        trial.auditAll();
        return failures;
    }

    /** For how long after the kill somebody answered while he was alone, in milliseconds. */
    private static long millis(Alone alone) {
        return alone.answered().stream()
                .mapToLong(call -> (call.answeredAt() - alone.from()) / 1_000_000)
                .max()
                .orElse(0);
    }

    /** What the last node answered from the kill on, until another one was started. */
    private record Alone(long from, List<Call> answered) {}

    /**
     * One of them is the master. The last one is the next master, so the others are started in the order of the next
     * round.
     */
    private static Alone killTwo(Trial trial, int round) {
        String survivor = Cluster.NODES.get((round + 1) % 3);
        List<String> victims = List.of(Cluster.NODES.get((round + 2) % 3), Cluster.NODES.get(round % 3));
        trial.round();
        trial.load().run(CALM);
        trial.history().mark("kill " + victims);
        victims.forEach(victim -> trial.cluster().node(victim).kill());
        long alone = trial.history().now();
        trial.load().run(LONELINESS);
        long restart = trial.history().now();
        start(trial, victims.get(0));
        trial.awaitUnderLoad(() -> trial.cluster().sees(2, List.of(survivor, victims.get(0))));
        trial.was(KILLED, victims.get(0), alone);
        start(trial, victims.get(1));
        trial.awaitUnderLoad(trial.cluster()::isWhole);
        trial.was(KILLED, victims.get(1), alone);
        trial.load().run(CALM);
        trial.audit();
        return new Alone(
                alone,
                trial.history().calls().stream()
                        .filter(call -> call.sentAt() > alone && call.answeredAt() < restart)
                        .filter(call -> !call.isFailure())
                        .toList());
    }

    private static void start(Trial trial, String node) {
        trial.history().mark("start " + node);
        trial.cluster().start(node);
    }
}
