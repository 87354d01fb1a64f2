package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node dies by SIGKILL and comes back. One story, because each step costs the start of a server. */
class FailoverIT extends TwoNodeScenario {

    private final Browser before = new Browser();
    private final Browser meanwhile = new Browser();
    private final Browser ended = new Browser();

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return TestWar.ofEverything().build();
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return TestWar.ofEverything().build();
    }

    @Test
    @Tag("P-32")
    @Tag("P-40")
    void sessionsOutliveTheNodeTheyBeganOn() {
        before.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        ended.signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        nodes().kill(NODE_A);

        before.getUntil(200, nodes().b().resolve("guarded")).hasBody().isEqualTo("guarded for clerk");
        meanwhile.signIn(nodes().b(), "chief", "chief-pw").has(201);
        Browser thief = ended.copy();
        ended.signOut(nodes().b()).has(204);

        nodes().restart(NODE_A);

        before.get(nodes().a().resolve("guarded")).has(200).hasBody().isEqualTo("guarded for clerk");
        meanwhile.get(nodes().a().resolve("guarded")).has(200).hasBody().isEqualTo("guarded for chief");
        thief.get(nodes().a().resolve("guarded")).isUnauthorized();
    }
}
