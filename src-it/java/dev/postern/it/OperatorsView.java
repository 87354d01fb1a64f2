package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of each node: JMX, and the readiness check where the server has MicroProfile Health. */
interface OperatorsView extends OnTwoNodes {

    @Test
    @Tag("S-75")
    default void figuresCountWhatHappensOnTheirNodeAndNameNobody() {
        Reply before = figures();
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser forger = browser().copy().withOneLetterChanged();
        forger.get(nodes().a().resolve("guarded")).isUnauthorized();
        String token = browser().sessionCookie().split("=", 2)[1];
        browser().signOut(nodes().a()).has(204);
        Reply after = figures();

        assertThat(number(after, "SignIns") - number(before, "SignIns")).isEqualTo(1);
        assertThat(number(after, "GridCalls")).isGreaterThan(number(before, "GridCalls"));
        assertThat(number(after, "OwnedRows") + number(figures(nodes().b()), "OwnedRows"))
                .as("each row has one owner")
                .isPositive();
        assertThat(number(after, "GridMaxMicros")).isPositive();
        assertThat(number(after, "Endings", "SIGNED_OUT") - number(before, "Endings", "SIGNED_OUT"))
                .isEqualTo(1);
        assertThat(number(after, "Rejections", "MALFORMED") - number(before, "Rejections", "MALFORMED"))
                .isEqualTo(1);
        after.hasBody().contains("dev.postern:type=Sessions,namespace=").doesNotContain("clerk", token);
    }

    @Test
    default void readinessIsShownWhereTheServerHasMicroProfileHealth() {
        Reply ready = new Browser().get(nodes().a().resolve("/health/ready"));

        if (!Rig.hasHealth()) {
            ready.has(404);
            assertThat(NodeContainer.of(Rig.NODE_A).logSince(0))
                    .contains("dev.postern")
                    .doesNotContain("ReadinessCheck", "microprofile.health", "WELD-000119");
        } else {
            ready.has(200).hasBody().contains("\"postern\"").contains("UP").doesNotContain("DOWN");
            assertThat(ready.body()).containsPattern("\"store\": ?\"off\"");
        }
    }

    private Reply figures() {
        return figures(nodes().a());
    }

    private Reply figures(URI node) {
        return browser().get(node.resolve("figures")).has(200);
    }

    private static long number(Reply figures, String name) {
        return Long.parseLong(figures.value(name));
    }

    /** One of several that are told apart by a key, which is not there before its first time. */
    private static long number(Reply figures, String name, String key) {
        Matcher entry = Pattern.compile("key=" + key + ", value=(\\d+)").matcher(figures.value(name));
        return entry.find() ? Long.parseLong(entry.group(1)) : 0;
    }
}
