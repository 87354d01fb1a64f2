package dev.postern.http.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.TokenHeaders;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PosternResponseTest {

    private final HttpServletRequest request = new TestRequest().get();
    private final TestResponse sent = new TestResponse();
    private final HttpServletResponse response = new PosternResponse(request, sent.get());

    @Test
    void leavesOtherAnswersToTheApplication() {
        response.setHeader("Cache-Control", "public");
        response.addHeader("Cache-Control", "max-age=60");
        response.setHeader("Vary", "Accept");

        assertThat(sent.headers("Cache-Control")).containsExactly("public", "max-age=60");
        assertThat(sent.headers("Vary")).containsExactly("Accept");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cache-Control",
                "cache-control",
                "Expires",
                "Pragma",
                "CDN-Cache-Control",
                "Example-Cache-Control",
                "Surrogate-Control",
                "Edge-Control"
            })
    @Tag("V-09")
    void keepsWhatCachesGoByFromBeingSet(String name) {
        carryToken();

        response.setHeader(name, "public, max-age=60");
        response.addHeader(name, "public, max-age=60");
        response.setDateHeader(name, 0);
        response.addDateHeader(name, 0);

        assertThat(sent.headers("Cache-Control")).containsExactly("no-store");
        assertThat(sent.headers(name)).doesNotContain("public, max-age=60");
    }

    @Test
    @Tag("V-09")
    void keepsCookieAmongWhatTheAnswerVariesBy() {
        carryToken();

        response.setHeader("vary", "Accept");

        assertThat(sent.headers("Vary")).containsExactly("Accept", "Cookie");
    }

    @Test
    void leavesTheHeadersThatNoCacheGoesBy() {
        carryToken();

        response.setHeader("X-Page", "1");
        response.addHeader("X-Page", "2");

        assertThat(sent.headers("X-Page")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "Cache-Control, no-store",
        "Expires, 0",
        "Pragma, no-cache",
        "CDN-Cache-Control, no-store",
        "Cloudflare-CDN-Cache-Control, no-store",
        "akamai-cache-control, no-store",
        "Edge-Control, no-store",
        "Surrogate-Control, no-store",
        "X-Accel-Expires, 0",
    })
    @Tag("V-09")
    void takesBackWhatWasSetBeforeTheToken(String name, String refusal) {
        response.setHeader(name, "public, max-age=60");

        carryToken();

        assertThat(sent.headers(name)).containsExactly(refusal);
        assertThat(sent.headers("Cache-Control")).containsExactly("no-store");
    }

    @ParameterizedTest
    @CsvSource({"X-Cookie-Consent, 2", "'Accept, cookie', 1", "Cookies, 2"})
    @Tag("V-09")
    void addsCookieToWhatTheAnswerVariesByUnlessItStandsThere(String vary, int lines) {
        response.setHeader("Vary", vary);

        carryToken();

        assertThat(sent.headers("Vary")).hasSize(lines);
    }

    @Test
    @Tag("C2")
    void keepsTheCookieOfATokenBesideThoseOfTheApplication() {
        carryToken();

        response.setHeader("set-cookie", "theirs=1");
        response.addHeader("Set-Cookie", "others=1");
        response.addHeader("Set-Cookie", "sid=forged");
        response.addCookie(new Cookie("sid", "forged"));

        assertThat(sent.headers("Set-Cookie")).containsExactlyInAnyOrder("sid=abc; Path=/", "theirs=1", "others=1");
    }

    @Test
    @Tag("C2")
    void keepsAllOfItsHeadersWhenItIsReset() throws Exception {
        carryToken();
        TokenHeaders.setBearer(request, response, "abc");

        response.reset();

        assertThat(sent.headers("Set-Cookie")).containsExactly("sid=abc; Path=/");
        assertThat(sent.headers(BearerHeader.TOKEN)).containsExactly("abc");
        assertThat(sent.headers("Cache-Control")).containsExactly("no-store");
        assertThat(sent.headers("Vary")).containsExactly("Cookie");
        sent.get().reset();
        response.flushBuffer();
        assertThat(sent.headers("Set-Cookie")).containsExactly("sid=abc; Path=/");
    }

    @Test
    @Tag("C2")
    void sendsTheLastOfSeveralTokens() {
        carryToken();

        TokenHeaders.setCookie(request, response, "sid", List.of("sid=; Max-Age=0", "sid=; Max-Age=0; Path=/shop"));

        assertThat(sent.headers("Set-Cookie")).containsExactly("sid=; Max-Age=0", "sid=; Max-Age=0; Path=/shop");
        response.setHeader(BearerHeader.TOKEN, "forged");
        response.setHeader("Vary", "Accept");
        assertThat(sent.headers("Vary")).containsExactly("Accept", "Cookie");
    }

    @Test
    @Tag("C2")
    void keepsTwoCookiesOfOurs() {
        carryToken();
        TokenHeaders.setCookie(request, response, "sid-half", List.of("sid-half=; Max-Age=0"));

        response.addHeader("Set-Cookie", "theirs=1");
        response.setHeader("Set-Cookie", "sid=forged");
        response.addCookie(new Cookie("sid-half", "forged"));
        response.reset();

        assertThat(sent.headers("Set-Cookie")).containsExactly("sid=abc; Path=/", "sid-half=; Max-Age=0");
    }

    @Test
    @Tag("C2")
    void leavesTheCookiesOfOtherAnswersAlone() {
        response.addHeader("Set-Cookie", "sid=forged");
        response.setHeader("Set-Cookie", "theirs=1");
        response.reset();

        assertThat(sent.headers("Set-Cookie")).isEmpty();
    }

    /** As a transport does it that the application has called: through the wrapped response. */
    private void carryToken() {
        TokenHeaders.setCookie(request, response, "sid", List.of("sid=abc; Path=/"));
    }
}
