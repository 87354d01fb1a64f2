package dev.postern.it.faults;

import dev.postern.it.rig.Plan;
import dev.postern.it.rig.Trial;
import dev.postern.it.rig.node.Cluster;
import dev.postern.it.rig.node.Pace;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All three nodes are restarted under load, one after the other. */
@Tag(Form.FAULTS)
@Tag(Form.ON_SERVERS)
@Tag("G9")
@Tag("G15")
class RestartFaultsIT {

    private static final Duration CALM = Duration.ofSeconds(2);

    @Test
    void noSessionIsLostByARollingRestart() {
        int rounds = Form.rounds("restarts");
        try (Trial trial = Trial.of(new Plan("G15-rolling-restart", Pace.BRISK, Trial.MAJORITY))) {
            trial.startAll();
            for (int round = 0; round < rounds; round++) {
                trial.round();
                for (String node : Cluster.NODES) {
                    trial.load().run(CALM);
                    trial.restart(node, round % 2 == 0);
                }
                trial.audit();
            }
            trial.auditAll();
            trial.conclude("0 lost", "odd rounds by a call of close, even ones by SIGTERM", true);
        }
    }
}
