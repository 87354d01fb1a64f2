package dev.postern.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.enterprise.AuthenticationStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenLibertyTest {

    @AfterEach
    void leave() {
        System.clearProperty("wlp.install.dir");
    }

    @Test
    void answeredRequestGoesOnNowhere() {
        assertThat(OpenLiberty.isHere()).isFalse();
        assertThat(OpenLiberty.answered()).isEqualTo(AuthenticationStatus.SEND_FAILURE);

        System.setProperty("wlp.install.dir", "/opt/wlp/");

        assertThat(OpenLiberty.isHere()).isTrue();
        assertThat(OpenLiberty.answered()).isEqualTo(AuthenticationStatus.SEND_CONTINUE);
    }
}
