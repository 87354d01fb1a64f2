package dev.postern.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.faults.Answer.Outcome;
import dev.postern.it.faults.NodeSettings.Pace;
import dev.postern.it.faults.Tally.Failures;
import dev.postern.it.faults.Trial.Plan;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes are killed with SIGKILL under load. */
@Tag(Form.FAULTS)
class KillFaultsIT {

    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration AFTERMATH = Duration.ofSeconds(4);
    private static final long NOTICE_NANOS = Duration.ofSeconds(2).toNanos();

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
        long kill = trial.history().now();
        trial.history().mark("kill " + victim);
        trial.cluster().node(victim).kill();
        trial.load().run(AFTERMATH);
        long restart = trial.history().now();
        trial.history().mark("start " + victim);
        trial.cluster().start(victim);
        trial.awaitUnderLoad(trial.cluster()::isWhole);
        trial.load().run(CALM);
        trial.audit();
        return new Tally(trial.history().calls(), List.of()).failures(kill, restart);
    }

    @Test
    @Tag(Form.LONG)
    @Tag("G3")
    @Tag("G9")
    void strictNodesAnswerNothingUntilASecondOneIsBack() {
        int rounds = Form.rounds("double-kills");
        try (Trial trial = Trial.of(new Plan("G3-kill-two-majority", Pace.BRISK, Trial.MAJORITY))) {
            trial.startAll();
            long answered = 0;
            for (int round = 0; round < rounds; round++) {
                answered += killTwo(trial, round);
            }
            trial.conclude(
                    "unavailable until a second node is back, then all sessions valid",
                    answered + " answered by the last one from 2 s after the kill on",
                    answered == 0);
            assertThat(answered).isZero();
        }
    }

    @Test
    @Tag(Form.LONG)
    @Tag("G3")
    @Tag("G9")
    void anOpenNodeGoesOnAlone() {
        int rounds = Form.rounds("open-double-kills");
        try (Trial trial = Trial.of(new Plan("G3-kill-two-open", Pace.BRISK, Trial.OPEN))) {
            trial.startAll();
            long answered = 0;
            for (int round = 0; round < rounds; round++) {
                answered += killTwo(trial, round);
            }
            trial.conclude(
                    "the last node goes on, 0 lost",
                    answered + " answered by the last one from 2 s after the kill on",
                    answered > 0);
            assertThat(answered).isPositive();
        }
    }

    /** How many requests the survivor answered while it was alone, from a while after the kill on. */
    private static long killTwo(Trial trial, int round) {
        String survivor = Cluster.NODES.get(round % 3);
        List<String> victims =
                Cluster.NODES.stream().filter(Predicate.not(survivor::equals)).toList();
        trial.round();
        trial.load().run(CALM);
        trial.history().mark("kill " + victims);
        victims.forEach(victim -> trial.cluster().node(victim).kill());
        long alone = trial.history().now() + NOTICE_NANOS;
        trial.load().run(AFTERMATH);
        long restart = trial.history().now();
        start(trial, victims.get(0));
        trial.awaitUnderLoad(() -> trial.cluster().sees(2, List.of(survivor, victims.get(0))));
        start(trial, victims.get(1));
        trial.awaitUnderLoad(trial.cluster()::isWhole);
        trial.load().run(CALM);
        trial.audit();
        return trial.history().calls().stream()
                .filter(call -> call.sentAt() > alone && call.answeredAt() < restart)
                .filter(call ->
                        !call.answer().is(Outcome.UNAVAILABLE) && !call.answer().is(Outcome.NONE))
                .count();
    }

    private static void start(Trial trial, String node) {
        trial.history().mark("start " + node);
        trial.cluster().start(node);
    }
}
