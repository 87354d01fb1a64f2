package dev.postern.session.token;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "2001:db8:0:1:2:3:4:5, 20010db800000001",
        "2001:db8:0:1::, 20010db800000001",
        "fe80::1%eth0, fe80000000000000",
        "::1, 0000000000000000",
        "192.0.2.1%eth0, 192.0.2.1",
        "%eth0, ''",
    })
    void networkOfAnAddressIsWhatOneClientHas(String address, String network) {
        assertThat(ClientAddress.network(address)).isEqualTo(network);
    }

    @ParameterizedTest
    @CsvSource({"unknown", "unix:", "a name", "1:2", "::g"})
    void anythingElseStandsForItself(String text) {
        assertThat(ClientAddress.network(text)).isEqualTo(text);
    }
}
