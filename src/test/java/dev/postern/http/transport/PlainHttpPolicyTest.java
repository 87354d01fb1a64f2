package dev.postern.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("S-78")
class PlainHttpPolicyTest {

    @Test
    void isNoQuestionOverTls() {
        for (PlainHttpPolicy plainHttp : PlainHttpPolicy.values()) {
            assertThat(plainHttp.admits(new TestRequest().get())).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 127.0.0.1, true",
        "LOCALHOST, 127.8.9.1, true",
        "shop.localhost, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.1, true",
        "[::1], ::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "localhost, 192.0.2.1, false",
        "localhost, 172.17.0.1, true",
        "localhost, 10.0.2.2, true",
        "127.0.0.1, 192.168.65.1, true",
        "localhost, fd12:3456::1, true",
        "localhost, 172.32.0.1, false",
        "localhost, 10.0.2.2.example, false",
        "shop.example, 172.17.0.1, false",
        "shop.example, 127.0.0.1, false",
        "localhost.example, 127.0.0.1, false",
        "127.0.0.1.example, 127.0.0.1, false",
        "localhost, 127.0.0.1.example, false",
    })
    void isSafeWhereBothEndsAreLocal(String host, String sender, boolean isAdmitted) {
        var request = new TestRequest().plain(host, sender).get();

        assertThat(PlainHttpPolicy.LOOPBACK.admits(request)).isEqualTo(isAdmitted);
        assertThat(PlainHttpPolicy.NEVER.admits(request)).isFalse();
        assertThat(PlainHttpPolicy.ALWAYS.admits(request)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP"})
    @Tag("C24")
    void isNotSafeBehindAProxyInAPrivateNetwork(String header) {
        var request = new TestRequest().plain("localhost", "172.17.0.1").header(header, "any");

        assertThat(PlainHttpPolicy.LOOPBACK.admits(request.get())).isFalse();
    }
}
