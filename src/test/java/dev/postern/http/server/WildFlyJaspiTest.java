package dev.postern.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.event.RateLimitedLog;
import dev.postern.testing.CapturedLog;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WildFlyJaspiTest {

    @Test
    void explainsWildFlysRefusalHoweverDeepItIs() {
        IllegalStateException refusal =
                new IllegalStateException(new IOException(new IOException("ELY01177: Authorization failed.")));

        assertThat(WildFlyJaspi.explained(refusal, "shop"))
                .isInstanceOf(UserRefusedException.class)
                .hasMessageContaining("application-security-domain 'shop'")
                .hasMessageContaining("server-config/wildfly/postern.cli")
                .hasMessageContaining("src/docs/operations/wildfly.md")
                .hasCause(refusal);
    }

    @Test
    @Tag("C19")
    void logsWhatTheOperatorHasToDoOnceForManyRequests() {
        String name = WildFlyJaspiTest.class.getName();
        RateLimitedLog limited = new RateLimitedLog(System.getLogger(name), () -> 0);
        IllegalStateException refusal = new IllegalStateException("ELY01177: Authorization failed.");

        try (CapturedLog log = CapturedLog.of(name)) {
            Stream.generate(() -> WildFlyJaspi.explained(refusal, "shop", limited))
                    .limit(100)
                    .forEach(explained -> assertThat(explained).hasCause(refusal));

            assertThat(log.records()).singleElement().satisfies(line -> {
                assertThat(line.getMessage()).contains("src/docs/operations/wildfly.md");
                assertThat(line.getThrown()).isNull();
            });
        }
    }

    @Test
    void leavesOtherFailuresAlone() {
        IllegalStateException other = new IllegalStateException();

        assertThat(WildFlyJaspi.explained(other, "shop")).isSameAs(other);
    }
}
