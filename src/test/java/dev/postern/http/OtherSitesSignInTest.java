package dev.postern.http;

import static dev.postern.http.TestDesk.anonymous;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.crosssite.CrossSitePolicy;
import dev.postern.http.request.PathPatterns;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in from the page of another site, however the path of the endpoint is written. */
@Tag("F-05")
@Tag("S-29")
@Tag("T2")
class OtherSitesSignInTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final TestDesk desk = new TestDesk();
    private final TestServer server = new TestServer(desk, desk.guard);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/postern/session",
                "/postern/session;x",
                "/postern/session;jsessionid=abc",
                "/postern;a=b/session",
                "/%70ostern/session",
                "//postern/session"
            })
    void isRefusedWith403(String path) {
        TestResponse response = server.endpoint(signInFrom("cross-site"), "POST", path);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers("WWW-Authenticate")).isEmpty();
        assertThat(response.headers("Vary")).containsExactly("Sec-Fetch-Site, Origin", "Cookie");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.sessions.cache().writes()).isZero();

        assertThat(server.endpoint(signInFrom("same-origin"), "POST", path).status())
                .isEqualTo(201);
    }

    @Test
    @Tag("C13")
    void isLetThroughAtThePathsOfTheSettingAsNobodys() {
        CrossSiteGuard guard = new CrossSiteGuard(
                Optional.of(new CrossSitePolicy(Set.of(), false)),
                desk.transport,
                new Cors(Set.of()),
                new PathPatterns(List.of("/sso/*")));
        TestServer open = new TestServer(desk, guard);
        String cookie = desk.cookieOfAnn();

        TestResponse callback = open.page(fromProvider(cookie, "/sso/callback"), false);
        assertThat(callback.status()).isEqualTo(200);
        assertThat(callback.headers("User")).isEmpty();
        assertThat(open.page(fromProvider(cookie, "/sso/callback"), true).status())
                .isEqualTo(401);
        assertThat(open.page(fromProvider(cookie, "/orders"), false).status()).isEqualTo(403);
        assertThat(open.page(fromProvider(cookie, "/sso%2fcallback"), false).status())
                .isEqualTo(403);
    }

    private static TestRequest fromProvider(String cookie, String path) {
        return TestDesk.withCookie(cookie)
                .header("Sec-Fetch-Site", "cross-site")
                .answer("getMethod", "POST")
                .answer("getRequestURI", path);
    }

    private static TestRequest signInFrom(String site) {
        return anonymous().body(FORM, "username=ann&password=right").header("Sec-Fetch-Site", site);
    }
}
