package dev.postern.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.judge.Tally;
import dev.postern.it.rig.net.Namespaces;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The network between the nodes is cut under load, and mended. */
@Tag(Form.FAULTS)
@Tag("G4")
@Tag("G9")
class SplitFaultsIT {

    private static final String GOAL = "0 acknowledged sign-outs undone after the heal and the repair, 0 lost";
    private static final Duration CALM = Duration.ofSeconds(3);
    private static final Duration REPAIR = Duration.ofSeconds(5);

    /** Longer than it takes the product to notice a split, which is 10 s. */
    private static final Duration LENGTH = Duration.ofSeconds(16);

    /** Looks for the others every 4 s, instead of every 10. */
    private static final String[] QUICK = {
        "-Dhazelcast.merge.first.run.delay.seconds=4", "-Dhazelcast.merge.next.run.delay.seconds=4"
    };

    @Test
    @Tag(Form.LONG)
    void noSignOutIsUndoneByASplitOfStrictNodes() {
        split("G4-two-sides-majority", Trial.MAJORITY, List.of(Cut.ofOne()), Form.rounds("strict-splits"));
    }

    @Test
    @Tag(Form.LONG)
    void noSignOutIsUndoneByASplitOfOpenNodes() {
        split("G4-two-sides-open", Trial.OPEN, List.of(Cut.ofOne()), Form.rounds("splits"));
    }

    @Test
    @Tag(Form.LONG)
    void noSignOutIsUndoneByACutInOneDirection() {
        splitOneWay("G4-one-way-open", Trial.OPEN, Form.rounds("one-way-splits"));
    }

    @Test
    @Tag(Form.LONG)
    void noSignOutIsUndoneByACutInOneDirectionBetweenStrictNodes() {
        splitOneWay("G4-one-way-majority", Trial.MAJORITY, Form.rounds("strict-one-way-splits"));
    }

    @Test
    void noSignOutIsUndoneByASplitInThree() {
        split(
                "G4-three-sides-open",
                Trial.OPEN,
                List.of(Cut.ofAll(), Cut.ofAllOneAfterTheOther()),
                Form.rounds("three-sided-splits"));
    }

    /** With no setting changed. */
    @Test
    @Tag(Form.LONG)
    void noSignOutIsUndoneWithTheSettingsOfTheProduct() {
        split(
                "G4-settings-of-the-product",
                Trial.OPEN,
                List.of(Cut.ofAll(), Cut.ofOne()),
                Form.rounds("slow-splits"),
                LENGTH.multipliedBy(2));
    }

    private static void splitOneWay(String name, int minimumMembers, int rounds) {
        split(name, minimumMembers, List.of(Cut.oneWay()), rounds, LENGTH.multipliedBy(2), QUICK);
    }

    private static void split(String name, int minimumMembers, List<Cut> cuts, int rounds) {
        split(name, minimumMembers, cuts, rounds, LENGTH, QUICK);
    }

    private static void split(
            String name, int minimumMembers, List<Cut> cuts, int rounds, Duration length, String... jvm) {
        Namespaces network = Form.namespaces(name);
        try (Trial trial = Trial.ofMembers(new Plan(name, Pace.BRISK, minimumMembers), network)) {
            trial.startAll(jvm);
            for (int round = 0; round < rounds; round++) {
                split(trial, network, cuts.get(round % cuts.size()).at(round), length);
            }
            trial.auditAll();
            Tally tally = trial.tally();
            trial.conclude(
                    GOAL,
                    tally.stale().size() + " uses of ended sessions let in by another side during the splits, "
                            + tally.count(call -> call.answer().reason().equals("ABSENT")) + " found no session then",
                    true);
        }
    }

    private static void split(Trial trial, Namespaces network, Cut cut, Duration length) {
        trial.round();
        trial.load().run(CALM);
        long from = trial.history().now();
        trial.history().mark("cut " + cut.sides());
        cut.make(network);
        trial.load().run(length.minus(CALM));
        trial.awaitUnderLoad(() -> cut.isSeenBy(trial.cluster())); // later on a busy machine
        trial.history().mark("many leave");
        trial.load().runWithManySignOuts(CALM);
        long mended = trial.history().now();
        assertThat(isFelt(trial, from, mended)).as("the clients feel the cut").isTrue();
        trial.history().mark("mend");
        cut.mend(network, () -> trial.load().run(CALM));
        trial.awaitUnderLoad(trial.cluster()::isWhole);
        trial.history().mark("whole");
        trial.load().run(REPAIR);
        trial.wereApart(from, mended, cut.sides());
        trial.load().run(CALM);
        trial.audit();
    }

    private static boolean isFelt(Trial trial, long from, long until) {
        return trial.history().calls().stream()
                .filter(call -> call.sentAt() > from && call.sentAt() < until)
                .anyMatch(call -> call.answer().is(Outcome.UNAVAILABLE));
    }
}
