package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node dies by SIGKILL and comes back. One story, because each step costs the start of a server. */
interface Failover extends OnTwoNodes {

    @Test
    @Tag("P-32")
    @Tag("P-40")
    @Tag("G2")
    @Tag("I3")
    @OnPayaraByDay // HardenedGridIT kills a node of WildFly
    default void sessionsOutliveTheNodeTheyBeganOn() {
        Browser before = new Browser();
        Browser meanwhile = new Browser();
        Browser ended = new Browser();
        before.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        ended.signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        nodes().kill(NODE_A);

        before.getUntil(200, nodes().b().resolve("guarded")).hasBody().isEqualTo("guarded for clerk");
        meanwhile.signIn(nodes().b(), "chief", "chief-pw").has(201);
        Browser thief = ended.copy();
        ended.signOut(nodes().b()).has(204);

        nodes().restart(NODE_A);

        before.getUntil(200, nodes().a().resolve("guarded")).hasBody().isEqualTo("guarded for clerk");
        meanwhile.get(nodes().a().resolve("guarded")).has(200).hasBody().isEqualTo("guarded for chief");
        thief.get(nodes().a().resolve("guarded")).isUnauthorized();
    }
}
