package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.app.Trace;
import dev.postern.testing.Confidential;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the nodes have logged while all other tests ran, with everything of ours at its finest level. The build runs this by itself when
 * that server is done; it fails when a node has left nothing to search, or there is nothing to search for.
 */
@Tag("last")
class NothingSecretIT {

    private static final int TOKENS = 100;

    @Test
    @Tag("S-26")
    @Tag("S-62")
    @Tag("V-10")
    @Tag("G23")
    @Tag("I9")
    void noNodeHasLoggedASecret() throws IOException {
        String server = Rig.value("it.server");
        Confidential secrets = Discretion.of(server);
        NodeLogs logs = new NodeLogs(Rig.path("it.servers"), server);

        assertThat(secrets.tokens()).as("tokens that clients had").isGreaterThan(isWhole() ? TOKENS : 0);
        assertThat(expected()).as("nodes with logs").isSubsetOf(logs.nodes());
        assertThat(logs.nodesWithLine(line -> line.contains(Trace.MARK)))
                .as("nodes with traces in their logs")
                .isEqualTo(logs.nodes());
        assertThat(logs.nodesWithLine(line -> line.contains("session_created: ")))
                .as("nodes with events in their logs")
                .isNotEmpty();
        assertThat(logs.leaks(secrets)).isEmpty();
    }

    /** The nodes that a whole build has started by now; none in particular where some tests only were asked for. */
    private static List<String> expected() {
        return isWhole() ? List.of(Rig.value("it.nodes").split(",", -1)) : List.of();
    }

    private static boolean isWhole() {
        return System.getProperty("it.test") == null;
    }
}
