package dev.postern.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.ProviderLogin;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.LogoutRefused;
import dev.postern.SessionEvent.LogoutRefused.Fault;
import dev.postern.http.logout.BackChannelLogout;
import dev.postern.http.logout.LogoutTokenVerifier;
import dev.postern.http.logout.ProviderKeys;
import dev.postern.http.logout.TestProvider;
import dev.postern.session.LiveSession;
import dev.postern.session.ResumeResult;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.Injection;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.LogRecord;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the endpoint answers to an identity provider, and to whom else. */
@Tag("S-18")
class BackChannelLogoutServletTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final TestSessions sessions = new TestSessions();
    private final TestProvider provider = new TestProvider();
    private final List<SessionEvent> events = new ArrayList<>();
    private final EventPublisher publisher = new EventPublisher(events::add);
    private final BackChannelLogoutServlet servlet = Injection.into(
            new BackChannelLogoutServlet(),
            new BackChannelLogout(
                    new LogoutTokenVerifier(
                            TestProvider.RULES, new ProviderKeys(provider::fetch, Duration.ofSeconds(1), () -> 0)),
                    sessions.keeper().providerLogouts(),
                    publisher));

    @Test
    void validTokenEndsTheSession() throws IOException {
        LiveSession session = begin();

        TestResponse response = send(TestProvider.token(TestProvider.claims()));

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(response.text()).isEmpty();
        assertThat(sessions.resume(session.token())).isNotInstanceOf(ResumeResult.Live.class);
        assertThat(events).isEmpty();
    }

    @Test
    void tokenThatComesAgainIsRefusedAndReported() throws IOException {
        String token = TestProvider.token(TestProvider.claims());
        assertThat(send(token).status()).isEqualTo(200);

        assertIsRefused(Fault.REPLAYED, send(token));
    }

    @Test
    void wrongTokenIsRefusedAndReportedAndCountedWithoutItsText() throws IOException {
        LiveSession session = begin();
        String token = TestProvider.token(TestProvider.claims().audience("office"));
        try (CapturedLog log = CapturedLog.ofAll("dev.postern.events")) {
            assertIsRefused(Fault.AUDIENCE, send(token));
            assertThat(log.records())
                    .extracting(LogRecord::getMessage)
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .contains("logout_token_audience")
                    .doesNotContain(token.substring(token.lastIndexOf('.')));
        }
        assertThat(publisher.metrics().of(LogoutRefused.class)).isEqualTo(1);
        assertThat(sessions.resume(session.token())).isInstanceOf(ResumeResult.Live.class);
    }

    @Test
    void expiredTokenIsRefused() throws IOException {
        assertIsRefused(
                Fault.EXPIRED,
                send(TestProvider.token(
                        TestProvider.claims().expirationTime(Date.from(TestProvider.NOW.minusSeconds(31))))));
    }

    @Test
    void bodyThatIsNoFormWithOneTokenIsRefused() throws IOException {
        String token = TestProvider.token(TestProvider.claims());
        assertIsRefused(Fault.MALFORMED, send(request().body("application/json", "{\"logout_token\":\"x\"}")));
        assertIsRefused(Fault.MALFORMED, send(request().body(FORM, "token=" + token)));
        assertIsRefused(
                Fault.MALFORMED, send(request().body(FORM, "logout_token=" + token + "&logout_token=" + token)));
        assertIsRefused(Fault.MALFORMED, send(request().body(FORM, "logout_token=" + "a".repeat(30_000))));
        assertIsRefused(
                Fault.MALFORMED,
                send(request()
                        .body(FORM, "")
                        .answer("getQueryString", "logout_token=" + token)
                        .answer("getParameterMap", Map.of("logout_token", new String[] {token}))));
        assertIsRefused(Fault.MALFORMED, send(request()));
    }

    /** A filter of the application has asked for a parameter before. */
    @Test
    void formThatTheServerHasReadWillDo() throws IOException {
        String token = TestProvider.token(TestProvider.claims());

        assertThat(send(request().body(FORM, "").answer("getParameterMap", Map.of("logout_token", new String[] {token
                        })))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void otherMethodsAre405() throws IOException {
        for (String method : List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD")) {
            TestResponse response = send(request().answer("getMethod", method));
            assertThat(response.status()).as(method).isEqualTo(405);
            assertThat(response.headers("Allow")).containsExactly("POST");
        }
    }

    @Test
    void providerWhoseKeysCannotBeHadIs503() throws IOException {
        LiveSession session = begin();
        provider.setDown(true);

        TestResponse response = send(TestProvider.token(TestProvider.claims()));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(sessions.resume(session.token())).isInstanceOf(ResumeResult.Live.class);
        assertThat(events).as("it is unknown whether it is valid").isEmpty();
    }

    @Test
    void gridThatDoesNotAnswerIs503AndTheTokenMayComeAgain() throws IOException {
        LiveSession session = begin();
        String token = TestProvider.token(TestProvider.claims());
        sessions.twin().setBroken(true);
        assertThat(send(token).status()).isEqualTo(503);
        sessions.twin().setBroken(false);

        assertThat(send(token).status()).isEqualTo(200);
        assertThat(sessions.resume(session.token())).isNotInstanceOf(ResumeResult.Live.class);
    }

    @Test
    void reportsAreBounded() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            assertThat(send("no token").status()).isEqualTo(400);
        }
        assertThat(events).hasSize(EventPublisher.MOST_A_SECOND);
        assertThat(publisher.metrics().of(LogoutRefused.class)).isEqualTo(100);
    }

    private void assertIsRefused(Fault fault, TestResponse response) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers("Content-Type")).containsExactly("application/json");
        assertThat(response.text()).contains("\"error\":\"invalid_request\"");
        assertThat(events.get(events.size() - 1))
                .isInstanceOfSatisfying(
                        LogoutRefused.class,
                        refused -> assertThat(refused.fault()).isEqualTo(fault));
    }

    private LiveSession begin() {
        ProviderLogin login =
                new ProviderLogin(TestProvider.ISSUER, "ann's number", Optional.of("session 7"), TestProvider.NOW);
        return sessions.keeper()
                .begin(new SignInRequest(
                        new SessionUser("ann", Set.of("clerk"), login.attributes()),
                        false,
                        Optional.empty(),
                        draft -> {}))
                .orElseThrow();
    }

    private TestResponse send(String token) throws IOException {
        return send(request().body(FORM, "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
    }

    private static TestRequest request() {
        return new TestRequest().answer("getMethod", "POST");
    }

    private TestResponse send(TestRequest request) throws IOException {
        TestResponse response = new TestResponse();
        servlet.service(request.get(), response.get());
        return response;
    }
}
