package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.Sessions;
import dev.postern.http.endpoint.RecentAuthentication;
import dev.postern.http.endpoint.SessionsServlet;
import dev.postern.session.LiveSession;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.Injection;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who ends other sessions at the endpoint must have signed in a short while ago. */
@Tag("A13")
@Tag("S-16")
class EndingOtherSessionsTest {

    private final TestDesk desk = new TestDesk();

    @ParameterizedTest
    @CsvSource({
        "PT15M, PT14M59S, /other, 204",
        "PT15M, PT15M,    /other, 401",
        "PT15M, PT15M,    '',     401",
        "PT15M, PT14M59S, '',     204",
        "PT0S,  PT25M,    /other, 204",
        "PT15M, PT25M,    /current, 204",
    })
    void asksForTheSignInThatTheSettingsSay(Duration within, Duration age, String path, int status) throws Exception {
        String cookie = desk.cookieOfAnn();
        desk.sessions.twin().pass(age);
        TestRequest request =
                TestDesk.withCookie(cookie).answer("getMethod", "DELETE").answer("getQueryString", "others");
        LiveSession current = desk.authenticator
                .resume(request.get(), new TestResponse().get(), () -> true)
                .session()
                .orElseThrow();
        request.answer(
                "getPathInfo", path.equals("/current") ? "/" + current.handle().text() : path);
        TestResponse response = new TestResponse();

        Injection.into(
                        new SessionsServlet(),
                        desk.authenticator,
                        desk.signOut,
                        new RecentAuthentication(within),
                        sessions(current))
                .service(
                        new HttpServletRequestWrapper(request.get()) {
                            @Override
                            public void logout() {
                                desk.signOut.end(this, response.get());
                            }
                        },
                        response.get());

        assertThat(response.status()).isEqualTo(status);
        if (status == 401) {
            assertThat(response.headers(Challenge.HEADER))
                    .containsExactly("Postern error=\"insufficient_user_authentication\","
                            + " error_description=\"Sign in again\", max_age=\"900\"");
        }
    }

    @Test
    @Tag("X-28")
    void failureIsLoggedAsWhatFailedAndInOneLine() throws Exception {
        TestRequest request = TestDesk.withCookie(desk.cookieOfAnn())
                .answer("getMethod", "DELETE")
                .answer("getQueryString", "others")
                .answer("getPathInfo", "");
        LiveSession current = desk.authenticator
                .resume(request.get(), new TestResponse().get(), () -> true)
                .session()
                .orElseThrow();
        Sessions broken = (Sessions) Proxy.newProxyInstance(
                EndingOtherSessionsTest.class.getClassLoader(),
                new Class<?>[] {Sessions.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("current")) {
                        return Optional.of(current.toSession());
                    }
                    throw new PosternException("It is away.");
                });
        TestResponse response = new TestResponse();

        try (CapturedLog log = CapturedLog.of("dev.postern.http")) {
            Injection.into(
                            new SessionsServlet(),
                            desk.authenticator,
                            desk.signOut,
                            new RecentAuthentication(Duration.ofMinutes(15)),
                            broken)
                    .service(request.get(), response.get());

            assertThat(log.records()).singleElement().satisfies(line -> {
                assertThat(line.getMessage())
                        .isEqualTo("grid_failed: Ending sessions of a user failed: 503. It is away.");
                assertThat(line.getThrown()).isNull();
            });
        }
        assertThat(response.status()).isEqualTo(503);
    }

    /** Every session that is asked for is ended. */
    private static Sessions sessions(LiveSession current) {
        return (Sessions) Proxy.newProxyInstance(
                EndingOtherSessionsTest.class.getClassLoader(),
                new Class<?>[] {Sessions.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "current" -> Optional.of(current.toSession());
                    case "revoke", "revokeOthers" -> true;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
