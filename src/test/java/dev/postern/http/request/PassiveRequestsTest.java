package dev.postern.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("X-30")
class PassiveRequestsTest {

    private final PassiveRequests passive =
            new PassiveRequests(List.of("/inbox/count", "/status/*"), "Postern-Passive");

    @Test
    void areThoseToANamedPath() {
        assertThat(isPassive("/shop/inbox/count")).isTrue();
        assertThat(isPassive("/shop/inbox/count;jsessionid=1")).isTrue();
        assertThat(isPassive("/shop/inbox")).isFalse();
        assertThat(isPassive("/shop/inbox/counts")).isFalse();
        assertThat(isPassive("/shop/inbox/count/all")).isFalse();
        assertThat(isPassive("/inbox/count")).isFalse();
    }

    @Test
    void areThoseToAllBelowANamedPath() {
        assertThat(isPassive("/shop/status")).isTrue();
        assertThat(isPassive("/shop/status/queue/1")).isTrue();
        assertThat(isPassive("/shop/statuses")).isFalse();
    }

    @Test
    @Tag("S-19")
    @Tag("F-15")
    void areThoseThatSaySoThemselves() {
        assertThat(passive.include(
                        request("/shop/orders").header("Postern-Passive", "").get()))
                .isTrue();
        assertThat(passive.include(request("/shop/orders")
                        .header("Sec-Purpose", "prefetch;prerender")
                        .get()))
                .isTrue();
        assertThat(passive.include(
                        request("/shop/orders").header("Sec-Purpose", "else").get()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    @Tag("A12")
    void areNoneThatMayChangeSomethingAndSaySoThemselves(String method) {
        TestRequest request = request("/shop/orders")
                .answer("getMethod", method)
                .header("Postern-Passive", "")
                .header("Sec-Purpose", "prefetch");

        assertThat(passive.include(request.get())).isFalse();
        assertThat(passive.include(request.answer("getMethod", "HEAD").get())).isTrue();
    }

    @Test
    void areNoOthers() {
        PassiveRequests none = new PassiveRequests(List.of(), "Postern-Passive");

        assertThat(none.include(request("/shop/status").get())).isFalse();
    }

    private boolean isPassive(String uri) {
        return passive.include(request(uri).get());
    }

    private static TestRequest request(String uri) {
        return new TestRequest().answer("getContextPath", "/shop").answer("getRequestURI", uri);
    }
}
