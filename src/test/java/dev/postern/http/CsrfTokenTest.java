package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.COOKIE;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.askingForBearer;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.http.TestDesk.withCookie;
import static dev.postern.session.TestSessions.RENEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What changes something by the power of the cookie brings the session's CSRF token, where the settings ask for it. */
@Tag("S-79")
class CsrfTokenTest {

    private final TestDesk desk = new TestDesk();
    private final TestServer server = new TestServer(desk, desk.guard.askingForCsrfTokens(desk.sessions.keeper()));
    private final String cookie = desk.cookieOfAnn();
    private final String csrf = csrf(cookie);

    @Test
    void requestWithTheTokenIsCarriedOut() {
        TestResponse response = server.page(post(cookie).header(CsrfCheck.HEADER, csrf), true);

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers("User")).containsExactly("ann");
    }

    @Test
    void requestWithoutTheTokenIsRefusedWith403AndLeavesTheSessionAsItWas() {
        desk.sessions.twin().pass(RENEW);
        int writes = desk.sessions.cache().writes();

        TestResponse response = server.page(post(cookie), false);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(response.headers("User")).isEmpty();
        assertThat(response.text()).contains(CsrfCheck.HEADER);
        assertThat(desk.sessions.cache().writes()).isEqualTo(writes);
    }

    @Test
    void wrongTokenIsAsGoodAsNone() {
        String ofBob = csrf(desk.signIn(anonymous(), TestDesk.BOB, false).cookie());
        String ofAnotherOfAnn = csrf(desk.cookieOfAnn());

        refuses(post(cookie).header(CsrfCheck.HEADER, ofBob));
        refuses(post(cookie).header(CsrfCheck.HEADER, ofAnotherOfAnn));
        refuses(post(cookie).header(CsrfCheck.HEADER, ""));
        refuses(post(cookie).header(CsrfCheck.HEADER, cookie));
        refuses(post(cookie).header(CsrfCheck.HEADER, csrf).header(CsrfCheck.HEADER, csrf));
    }

    @Test
    void tokenIsNoCredential() {
        assertThat(server.page(withCookie(csrf), true).status()).isEqualTo(401);
        assertThat(server.page(withBearer(csrf), true).status()).isEqualTo(401);
        assertThat(server.page(anonymous().header(CsrfCheck.HEADER, csrf), true).status())
                .isEqualTo(401);
    }

    @Test
    void tokenOfAFormerSecretIsAsGoodAsThatOfTheNewOne() {
        desk.sessions.twin().pass(RENEW);
        String successor = desk.resume(withCookie(cookie)).cookie();

        assertThat(server.page(post(successor).header(CsrfCheck.HEADER, csrf), true)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void readingNeedsNoToken() {
        assertThat(server.page(withCookie(cookie), true).status()).isEqualTo(200);
    }

    @Test
    void bearerTokenNeedsNoOther() {
        String token = desk.signIn(askingForBearer(), ANN, false).tokens().get(0);

        assertThat(server.page(withBearer(token).answer("getMethod", "POST"), true)
                        .status())
                .isEqualTo(200);
    }

    /** Where the session is over, no page has a token, and nothing is done in anybody's name. */
    @Test
    void cookieThatDoesNotCountNeedsNoToken() {
        desk.signOut(withCookie(cookie));

        assertThat(server.page(post(cookie), false).status()).isEqualTo(200);
        assertThat(server.page(post("nonsense"), false).headers("User")).isEmpty();
        assertThat(server.page(post(cookie), true).status()).isEqualTo(401);
    }

    @Test
    void signInNeedsNoTokenAndSignOutDoes() {
        assertThat(server.signIn(post(cookie), "right").status()).isEqualTo(201);

        String again = desk.cookieOfAnn();
        assertThat(server.endpoint(post(again), "DELETE", TestServer.SESSION).status())
                .isEqualTo(403);
        assertThat(desk.resume(withCookie(again)).user()).isEqualTo("ann");
        TestRequest proven = post(again).header(CsrfCheck.HEADER, csrf(again));
        assertThat(server.endpoint(proven, "DELETE", TestServer.SESSION).status())
                .isEqualTo(204);
    }

    @Test
    @Tag("X-28")
    void requestWithoutTheTokenIs503WhereNobodyKnowsTheSession() {
        desk.sessions.twin().setBroken(true);

        TestResponse response = server.page(post(cookie), false);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(server.page(post(cookie).header(CsrfCheck.HEADER, csrf), false)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void sessionEndpointShowsTheTokenWhereItIsAskedForAndNowhereElse() {
        TestServer off = new TestServer(desk, desk.guard);

        assertThat(json(server.endpoint(withCookie(cookie), "GET", TestServer.SESSION))
                        .getString("csrfToken"))
                .isEqualTo(csrf);
        assertThat(json(server.signIn(post(cookie), "right")).getString("csrfToken"))
                .isEqualTo(csrf);
        String now = desk.cookieOfAnn();
        assertThat(json(off.endpoint(withCookie(now), "GET", TestServer.SESSION)))
                .doesNotContainKey("csrfToken");
        assertThat(off.page(post(now), true).status()).isEqualTo(200);
    }

    private void refuses(TestRequest request) {
        assertThat(server.page(request, true).status()).isEqualTo(403);
    }

    private String csrf(String ofCookie) {
        return desk.sessions
                .keeper()
                .csrfTokens()
                .of(desk.sessions.keeper().recognise(ofCookie).orElseThrow());
    }

    private static TestRequest post(String cookie) {
        return new TestRequest()
                .header("Cookie", COOKIE + "=" + cookie)
                .header("Sec-Fetch-Site", "same-origin")
                .answer("getMethod", "POST");
    }

    private static JsonObject json(TestResponse response) {
        return Json.createReader(new StringReader(response.text())).readObject();
    }
}
