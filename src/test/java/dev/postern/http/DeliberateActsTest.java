package dev.postern.http;

import static dev.postern.http.TestDesk.BOB;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static dev.postern.http.TestServer.SESSION;
import static dev.postern.http.TestServer.SESSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.SessionEvent;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a link, a prefetch or an image can make a browser do to our endpoints: nothing, whatever the address says. */
@Tag("S-19")
@Tag("S-87")
class DeliberateActsTest {

    private final TestDesk desk = new TestDesk();
    private final TestServer server = new TestServer(desk, desk.guard);

    @ParameterizedTest
    @CsvSource({
        "GET,     " + SESSION + ", 401",
        "HEAD,    " + SESSION + ", 401",
        "OPTIONS, " + SESSION + ", 204",
        "GET,     " + SESSIONS + ", 401",
        "HEAD,    " + SESSIONS + ", 401",
        "OPTIONS, " + SESSIONS + ", 204",
    })
    void credentialsInTheAddressSignNobodyIn(String method, String path, int status) {
        for (TestRequest request : new TestRequest[] {led(anonymous()), prefetching(anonymous())}) {
            TestResponse response = server.endpoint(request, method, path);

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers("Set-Cookie")).isEmpty();
        }
        assertThat(desk.sessions.cache().reads() + desk.sessions.cache().writes())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"GET, 200", "HEAD, 200", "OPTIONS, 204"})
    void credentialsInTheAddressLeaveWhoIsSignedInAsTheyAre(String method, int status) {
        String cookie = desk.signIn(anonymous(), BOB, false).cookie();
        int writes = desk.sessions.cache().writes();

        for (TestRequest request : new TestRequest[] {led(withCookie(cookie)), prefetching(withCookie(cookie))}) {
            TestResponse response = server.endpoint(request, method, SESSION);

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.headers("Set-Cookie")).isEmpty();
        }
        assertThat(desk.sessions.cache().writes()).isEqualTo(writes);
        assertThat(desk.sessions.events()).hasSize(1).hasOnlyElementsOfType(SessionEvent.Created.class);
        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("bob");
    }

    /** By a link on another site. */
    private static TestRequest led(TestRequest request) {
        return withCredentials(request).header("Sec-Fetch-Site", "cross-site").header("Sec-Fetch-Mode", "navigate");
    }

    private static TestRequest prefetching(TestRequest request) {
        return withCredentials(request).header("Sec-Fetch-Site", "same-origin").header("Sec-Purpose", "prefetch");
    }

    private static TestRequest withCredentials(TestRequest request) {
        return request.answer("getQueryString", "username=ann&password=right")
                .answer("getParameter", "right")
                .answer("getParameterValues", new String[] {"right"});
    }
}
