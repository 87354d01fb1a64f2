package dev.postern.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("A9")
@Tag("S-58")
@Tag("S-32")
class TrustedProxiesTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        0, '',                                 192.0.2.1
        0, 203.0.113.9,                        192.0.2.1
        1, '',                                 192.0.2.1
        1, 203.0.113.9,                        203.0.113.9
        1, '198.51.100.1, 203.0.113.9',        203.0.113.9
        1, '198.51.100.1,198.51.100.2,203.0.113.9', 203.0.113.9
        2, '198.51.100.1, 203.0.113.9, 10.0.0.1', 203.0.113.9
        2, '203.0.113.9',                      192.0.2.1
        3, '203.0.113.9, 10.0.0.1',            192.0.2.1
        1, 203.0.113.9:4711,                   203.0.113.9
        1, '[2001:db8::1]:4711',               2001:db8:0:0:0:0:0:1
        1, '"[2001:db8::1]:4711"',             2001:db8:0:0:0:0:0:1
        1, 2001:DB8::1,                        2001:db8:0:0:0:0:0:1
        1, ::ffff:203.0.113.9,                 203.0.113.9
        1, fe80::1%eth0,                       fe80:0:0:0:0:0:0:1
        1, unknown,                            192.0.2.1
        1, _hidden,                            192.0.2.1
        1, 203.0.113.256,                      192.0.2.1
        1, 1.2.3,                              192.0.2.1
        1, ::g,                                192.0.2.1
        1, 1:2,                                192.0.2.1
        1, shop.example,                       192.0.2.1
        1, '203.0.113.9, ',                    192.0.2.1
        1, '203.0.113.9, <script>',            192.0.2.1
        """)
    void areCountedFromTheRight(int count, String header, String address) {
        TestRequest request = new TestRequest();
        if (!header.isEmpty()) {
            request.header("X-Forwarded-For", header);
        }

        assertThat(new TrustedProxies(count).clientAddress(request.get())).isEqualTo(address);
    }

    @Test
    void severalHeadersAreOneList() {
        TestRequest request = new TestRequest()
                .header("X-Forwarded-For", "198.51.100.1")
                .header("X-Forwarded-For", "203.0.113.9, 10.0.0.1");

        assertThat(new TrustedProxies(2).clientAddress(request.get())).isEqualTo("203.0.113.9");
        assertThat(new TrustedProxies(3).clientAddress(request.get())).isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7:4711, 192.0.2.7",
        "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1",
        "any word, unknown",
        "'x\ny', unknown",
        "'', unknown",
    })
    void whatAServerTakesForAnAddressIsOneOrUnknown(String remote, String address) {
        assertThat(TrustedProxies.NONE.clientAddress(
                        new TestRequest().answer("getRemoteAddr", remote).get()))
                .isEqualTo(address);
    }

    @Test
    void requestOfTheClientNamesItsAddress() {
        TestRequest request = new TestRequest().header("X-Forwarded-For", "203.0.113.9");

        assertThat(new TrustedProxies(1).fromClient(request.get()).getRemoteAddr())
                .isEqualTo("203.0.113.9");
    }
}
