package dev.postern.it.faults;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.judge.Call;
import dev.postern.it.rig.judge.Tally.Failures;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes are killed with SIGKILL under load. */
@Tag(Form.FAULTS)
@Tag(Form.ON_SERVERS)
class KillFaultsIT {

    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration AFTERMATH = Duration.ofSeconds(4);
    private static final Duration LONELINESS = Duration.ofSeconds(12);
    private static final String KILLED = "SIGKILL";

    @Test
    @Tag("G2")
    @Tag("G9")
    void noSessionIsLostWithOneOfThreeNodes() {
        int rounds = Form.rounds("kills");
        Failures worst = Failures.NONE;
        try (Trial trial = Trial.of(new Plan("G2-kill-one", Pace.BRISK, Trial.MAJORITY))) {
            trial.startAll();
            for (int round = 0; round < rounds; round++) {
                worst = worst.worst(killOne(trial, Cluster.NODES.get(round % 3)));
            }
            trial.auditAll();
            trial.conclude(
                    "0 lost, 0 wrong users; what is sent later than 1 s after the kill is served",
                    "requests failed that were sent up to " + worst.sent() + " ms after a kill, the last was answered "
                            + worst.answered() + " ms after it",
                    worst.sent() <= 1000,
                    worst.sent() <= 1000 * Form.BEARABLE);
        }
    }

    private static Failures killOne(Trial trial, String victim) {
        trial.round();
        trial.load().run(CALM);
        Failures failures = trial.replaceKilled(victim, AFTERMATH);
        trial.load().run(CALM);
        trial.audit();
        return failures;
    }

    @Test
    @Tag(Form.LONG)
    @Tag("G3")
    @Tag("G9")
    void strictNodesAnswerNothingUntilASecondOneIsBack() {
        int rounds = Form.rounds("double-kills");
        try (Trial trial = Trial.of(new Plan("G3-kill-two-majority", Pace.BRISK, Trial.MAJORITY))) {
            trial.startAll();
            long until = 0;
            for (int round = 0; round < rounds; round++) {
                until = Math.max(until, millis(killTwo(trial, round)));
            }
            trial.conclude(
                    "unavailable from 2 s after the kill until a second node is back, then all sessions valid",
                    "the last one answered until " + until + " ms after a kill",
                    until <= 2000,
                    until <= 2000 * Form.BEARABLE);
        }
    }

    /** For how long after the kill somebody answered while he was alone, in milliseconds. */
    private static long millis(Alone alone) {
        return alone.answered().stream()
                .mapToLong(call -> (call.answeredAt() - alone.from()) / 1_000_000)
                .max()
                .orElse(0);
    }

    @Test
    @Tag("G3")
    @Tag("G9")
    void anOpenNodeGoesOnAlone() {
        int rounds = Form.rounds("open-double-kills");
        try (Trial trial = Trial.of(new Plan("G3-kill-two-open", Pace.BRISK, Trial.OPEN))) {
            trial.startAll();
            long answered = 0;
            for (int round = 0; round < rounds; round++) {
                answered += killTwo(trial, round).answered().size();
            }
            trial.conclude("the last node goes on, 0 lost", answered + " answered by the last one", answered > 0);
        }
    }

    /** What the last node answered from the kill on, until another one was started. */
    private record Alone(long from, List<Call> answered) {}

    private static Alone killTwo(Trial trial, int round) {
        String survivor = Cluster.NODES.get(round % 3);
        List<String> victims =
                Cluster.NODES.stream().filter(Predicate.not(survivor::equals)).toList();
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
