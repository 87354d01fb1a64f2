package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of each node: JMX, and the readiness check where the server has MicroProfile Health. */
class OperatorsViewIT extends TwoNodeScenario {

    private final Browser browser = new Browser();

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return TestWar.ofWatch().build();
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return TestWar.ofWatch().build();
    }

    @Test
    @Tag("S-75")
    void figuresCountWhatHappensOnTheirNodeAndNameNobody() {
        Reply before = figures();
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser forger = browser.copy().withOneLetterChanged();
        forger.get(nodes().a().resolve("guarded")).isUnauthorized();
        String token = browser.sessionCookie().split("=", 2)[1];
        browser.signOut(nodes().a()).has(204);
        Reply after = figures();

        assertThat(number(after, "SignIns") - number(before, "SignIns")).isEqualTo(1);
        assertThat(number(after, "GridCalls")).isGreaterThan(number(before, "GridCalls"));
        assertThat(number(after, "OwnedRows") + number(figures(nodes().b()), "OwnedRows"))
                .as("each row has one owner")
                .isPositive();
        assertThat(number(after, "GridMaxMicros")).isPositive();
        assertThat(after.value("Endings")).contains("key=SIGNED_OUT, value=1");
        assertThat(after.value("Rejections")).contains("key=MALFORMED, value=1");
        after.hasBody().contains("dev.postern:type=Sessions,namespace=").doesNotContain("clerk", token);
    }

    @Test
    void readinessIsShownWhereTheServerHasMicroProfileHealth() throws IOException {
        Reply ready = new Browser().get(nodes().a().resolve("/health/ready"));

        if (Rig.onWildFly()) {
            ready.has(404);
            assertThat(log())
                    .contains("dev.postern")
                    .doesNotContain("GridReadiness", "microprofile.health", "WELD-000119");
        } else {
            ready.has(200).hasBody().contains("\"postern\"").contains("UP").doesNotContain("DOWN");
        }
    }

    private static String log() throws IOException {
        return Files.readString(Path.of(Rig.value("it.servers"), "wildfly-node-a", "log", "server.log"));
    }

    private Reply figures() {
        return figures(nodes().a());
    }

    private Reply figures(URI node) {
        return browser.get(node.resolve("figures")).has(200);
    }

    private static long number(Reply figures, String name) {
        return Long.parseLong(figures.value(name));
    }
}
