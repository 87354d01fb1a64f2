package dev.postern.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.rig.revocation.Fault;
import dev.postern.it.rig.revocation.RevocationRig;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long the calls take that end sessions, and until every node refuses. No time makes a test fail, only a use that is let in after a
 * call has returned.
 */
@Tag(Form.FAULTS)
@Tag(Form.LONG)
@Tag("L1")
@Tag("L3")
class RevocationFaultsIT {

    private static final List<Boolean> LOADS = List.of(false, true);

    @Test
    void nobodyIsLetInAfterACallWithOneNode() {
        measure(1);
    }

    @Test
    void nobodyIsLetInAfterACallWithTwoNodes() {
        measure(2);
    }

    @Test
    void nobodyIsLetInAfterACallWithThreeNodes() {
        measure(3);
    }

    @Test
    void nobodyIsLetInAfterACallWithFiveNodes() {
        measure(5);
    }

    private static void measure(int nodes) {
        try (RevocationRig rig = RevocationRig.start(nodes)) {
            for (boolean isLoaded : LOADS) {
                rig.measure(isLoaded, Form.rounds("revocations"));
            }
            if (nodes > 1) {
                for (boolean isLoaded : LOADS) {
                    for (Fault fault : List.of(Fault.FROZEN, Fault.KILLED, Fault.CUT_ONE_WAY)) {
                        rig.measure(isLoaded, fault, Form.rounds("revocation-faults"));
                    }
                }
            }
            assertThat(rig.letIn()).as("uses let in after a call").isZero();
        }
    }
}
