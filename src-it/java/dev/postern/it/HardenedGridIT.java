package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The grid that {@code server-config/hazelcast/postern.xml} makes, with a majority of two. */
@OnWildFlyByDay
class HardenedGridIT extends TwoNodeScenario {

    private final Browser browser = new Browser();

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return TestWar.ofEverything().build(HardenedGridIT.class, GridKind.HARDENED);
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return TestWar.ofEverything().build(HardenedGridIT.class, GridKind.HARDENED);
    }

    @Override
    GridKind grid() {
        return GridKind.HARDENED;
    }

    @Test
    @Tag("P-44")
    @Tag("X-28")
    void nodeWithoutAMajorityAnswers503AndChangesNoCookie() {
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        browser.get(nodes().b().resolve("guarded")).has(200);

        nodes().kill(NODE_A);

        Reply alone = browser.getUntil(503, nodes().b().resolve("guarded")).changesNoCookie();
        assertThat(alone.response().headers().firstValue("Retry-After"))
                .as(alone.toString())
                .isPresent();
        browser.get(nodes().b().resolve("api/orders")).has(503);
        browser.get(nodes().b().resolve("api/orders/greeting")).has(503);
        new Browser().get(nodes().b().resolve("api/orders/greeting")).has(200);
        new Browser().get(nodes().b().resolve("who")).has(200).hasBody().contains("user=\n");

        nodes().restart(NODE_A);

        browser.getUntil(200, nodes().b().resolve("guarded")).hasBody().isEqualTo("guarded for clerk");
        browser.getUntil(200, nodes().a().resolve("guarded")).hasBody().isEqualTo("guarded for clerk");
        browser.signOut(nodes().a()).has(204);
    }
}
