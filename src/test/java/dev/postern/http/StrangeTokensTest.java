package dev.postern.http;

import static dev.postern.http.TestDesk.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.TestDesk.Exchange;
import dev.postern.http.transport.BearerHeader;
import dev.postern.testing.TestRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A genuine token where none belongs, and what a proxy may say but the server did not. */
class StrangeTokensTest {

    private final TestDesk desk = new TestDesk();

    @Test
    @Tag("S-04")
    @Tag("S-54")
    void tokenCountsNowhereButInItsCookieAndTheBearerHeader() {
        String token = desk.cookieOfAnn();
        int reads = desk.sessions.cache().reads();

        for (TestRequest request : List.of(
                anonymous().answer("getParameter", token),
                anonymous().answer("getQueryString", "token=" + token),
                anonymous().answer("getRequestURI", "/orders;" + TestDesk.COOKIE + "=" + token),
                anonymous().answer("getRequestURI", "/orders;jsessionid=" + token),
                anonymous().header("Cookie", "JSESSIONID=" + token),
                anonymous().header("Cookie2", TestDesk.COOKIE + "=" + token),
                anonymous().header(TestDesk.COOKIE, token),
                anonymous().header(BearerHeader.TOKEN, token),
                anonymous().header("Authorization", "Basic " + token),
                anonymous().header("X-Authenticated-User", "ann"))) {
            Exchange exchange = desk.resume(request);
            assertThat(exchange.isAnonymous()).isTrue();
            assertThat(exchange.setCookies()).isEmpty();
        }
        assertThat(desk.sessions.cache().reads()).isEqualTo(reads);
    }

    @Test
    @Tag("S-32")
    @Tag("S-78")
    void whatForwardedHeadersSayMakesNoRequestSecure() {
        String token = desk.cookieOfAnn();
        TestRequest forwarded = TestDesk.withCookie(token)
                .plain("shop.example", "203.0.113.7")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "localhost")
                .header("X-Forwarded-For", "127.0.0.1")
                .header("Forwarded", "for=127.0.0.1;proto=https;host=localhost");

        assertThat(desk.resume(forwarded).isAnonymous()).isTrue();
        assertThat(desk.resume(TestDesk.withCookie(token)).isAnonymous()).isFalse();
    }

    @Test
    @Tag("S-58")
    void addressIsTheOneThatTheServerSees() {
        TestRequest request = anonymous()
                .answer("getRemoteAddr", "203.0.113.7")
                .header("X-Forwarded-For", "198.51.100.1")
                .header("Forwarded", "for=198.51.100.1");

        Exchange signedIn = desk.signIn(request, TestDesk.ANN, false);

        assertThat(signedIn.login().session().orElseThrow().row().metadata()).containsEntry("address", "203.0.113.7");
    }
}
