package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class IntegratedJaspiTest {

    @Test
    void explainsWildFlysRefusalHoweverDeepItIs() {
        IllegalStateException refusal =
                new IllegalStateException(new IOException(new IOException("ELY01177: Authorization failed.")));

        assertThat(IntegratedJaspi.explained(refusal, "shop"))
                .hasMessageContaining("application-security-domain 'shop'")
                .hasMessageContaining("server-config/wildfly/postern.cli")
                .hasCause(refusal);
    }

    @Test
    void leavesOtherFailuresAlone() {
        IllegalStateException other = new IllegalStateException();

        assertThat(IntegratedJaspi.explained(other, "shop")).isSameAs(other);
    }
}
