package dev.postern.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    void leavesOtherFailuresAlone() {
        IllegalStateException other = new IllegalStateException();

        assertThat(WildFlyJaspi.explained(other, "shop")).isSameAs(other);
    }
}
