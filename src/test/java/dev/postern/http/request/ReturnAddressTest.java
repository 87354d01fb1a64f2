package dev.postern.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody leads a user from our login page to another site. */
class ReturnAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/shop/orders?page=2&sort=%2Fdate", "/a//b", "/%0A", "/~me;v=1"})
    void pathsOfThisOriginAreAddresses(String text) {
        assertThat(ReturnAddress.parse(text)).contains(new ReturnAddress(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders",
                "//other.example",
                "///other.example",
                "/\\other.example",
                "\\\\other.example",
                "https://other.example/",
                "javascript:alert(1)",
                " /orders",
                "/\t/other.example",
                "/\n/other.example",
                "/orders\r\nSet-Cookie: a=b",
                "/\u00e9",
                "/a b"
            })
    void nothingElseIsOne(String text) {
        assertThat(ReturnAddress.parse(text)).isEmpty();
    }

    @Test
    void longOnesAreLeftOut() {
        assertThat(ReturnAddress.parse("/" + "a".repeat(1999))).isPresent();
        assertThat(ReturnAddress.parse("/" + "a".repeat(2000))).isEmpty();
        assertThat(ReturnAddress.parse(null)).isEmpty();
    }

    @Test
    void isFoundInAQuery() {
        assertThat(ReturnAddress.ofQuery("a=1&return=%2Forders%3Fpage%3D2&return=%2Fother"))
                .contains(new ReturnAddress("/orders?page=2"));
        assertThat(ReturnAddress.ofQuery("returned=%2Forders")).isEmpty();
        assertThat(ReturnAddress.ofQuery("return=%")).isEmpty();
        assertThat(ReturnAddress.ofQuery("return=%2F%2Fother.example")).isEmpty();
        assertThat(ReturnAddress.ofQuery("return=%2F%5Cother.example")).isEmpty();
        assertThat(ReturnAddress.ofQuery(null)).isEmpty();
    }
}
