package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.app.Trace;
import dev.postern.testing.Confidential;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the nodes have logged while all other tests ran, with everything of ours at its finest level. The build runs this by itself when
 * the servers are done; it fails when there is nothing to search, or nothing to search for.
 */
@Tag("last")
class NothingSecretIT {

    private static final int TOKENS = 100;

    @ParameterizedTest
    @ValueSource(strings = {"payara", "wildfly"})
    @Tag("S-26")
    @Tag("S-62")
    @Tag("V-10")
    @Tag("G23")
    void noNodeHasLoggedASecret(String server) throws IOException {
        Confidential secrets = Discretion.of(server);
        NodeLogs logs = new NodeLogs(Rig.path("it.servers"), server);

        assertThat(secrets.tokens()).as("tokens that clients had").isGreaterThan(TOKENS);
        assertThat(logs.haveLine(line -> line.contains(Trace.MARK)))
                .as("traces in the logs")
                .isTrue();
        assertThat(logs.haveLine(line -> line.contains("session_created: ")))
                .as("events in the logs")
                .isTrue();
        assertThat(logs.leaks(secrets)).isEmpty();
    }
}
