package dev.postern.it.faults;

import static org.awaitility.Awaitility.await;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.client.Held;
import dev.postern.it.rig.load.Audit;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clocks of the nodes are five minutes behind, right, and five minutes ahead. */
@Tag(Form.FAULTS)
@Tag("G9")
@Tag("G14")
class ClockFaultsIT {

    private static final Duration CALM = Duration.ofSeconds(3);
    private static final int ASKED_AT_ONCE = 20;

    /** Sessions that end while one looks. */
    private static final Pace SHORT = new Pace(
            Duration.ofSeconds(12),
            Duration.ofSeconds(25),
            Duration.ofSeconds(4),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1));

    @Test
    @Tag(Form.LONG)
    void sessionsEndOnTimeWhateverTheClocksShow() {
        int rounds = Form.rounds("clocks");
        try (Trial trial = Trial.ofMembers(new Plan("G14-clocks", SHORT, Trial.MAJORITY))) {
            Clocks.start(trial);
            for (int round = 0; round < rounds; round++) {
                trial.round();
                trial.load().run(SHORT.absolute().plus(CALM));
                trial.history().mark("rest");
                lookAroundTheEnd(trial);
            }
            long expired = trial.tally().count(call -> call.answer().reason().equals("OVER EXPIRED"));
            trial.conclude(
                    "0 early, 0 late by more than 2 s",
                    expired + " times a session was seen to be over by its limits",
                    expired > 0);
        }
    }

    /** Looks at a few sessions every half second, from a while before they are over for want of use until after it. */
    private static void lookAroundTheEnd(Trial trial) {
        List<Held> sessions = trial.load().alive().stream().limit(ASKED_AT_ONCE).toList();
        long over = trial.history().now() + SHORT.idle().toNanos();
        await("until shortly before they are over")
                .atMost(SHORT.idle())
                .until(() -> trial.history().now() > over - CALM.toNanos());
        await("until they are over for long")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .atMost(CALM.multipliedBy(5))
                .until(() -> {
                    new Audit(trial.cluster(), trial.recorder()).look(sessions);
                    return trial.history().now() > over + CALM.toNanos();
                });
    }
}
