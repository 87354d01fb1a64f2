package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.testing.Injection;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the endpoint answers to a sign-in that fails. */
class EndpointSignInTest {

    private final TestDesk desk = new TestDesk();
    private final SessionMechanism mechanism = new SessionMechanism(
            desk.logins,
            desk.check(credential -> CredentialValidationResult.INVALID_RESULT),
            new EndpointPaths("/postern"),
            new PassiveRequests(List.of(), "Postern-Passive"),
            desk.guard);

    @Test
    @Tag("S-22")
    void tooManyFailuresAre429WithAProblemAndRetryAfter() throws Exception {
        for (int tries = 0; tries < 5; tries++) {
            TestResponse wrong = signIn("ann");
            assertThat(wrong.status()).isEqualTo(401);
            assertThat(wrong.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
        }

        TestResponse refused = signIn("ann");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers("Retry-After")).containsExactly("1");
        assertThat(refused.headers(Challenge.HEADER)).isEmpty();
        assertThat(refused.headers("Cache-Control")).containsExactly("no-store");
        assertThat(refused.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(refused.text()).contains("\"title\":\"Too Many Requests\"", "\"status\":429");
    }

    @Test
    @Tag("S-22")
    void gridThatDoesNotCountIs503() throws Exception {
        desk.tries.setBroken(true);

        TestResponse response = signIn("ann");

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.text()).contains("\"status\":503");
    }

    private TestResponse signIn(String name) throws IOException, ServletException {
        TestRequest request = TestDesk.anonymous()
                .answer("getMethod", "POST")
                .answer("getRequestURI", "/postern/session")
                .header("Sec-Fetch-Site", "same-origin")
                .body("application/x-www-form-urlencoded", "username=" + name + "&password=guess");
        TestResponse response = new TestResponse();
        servlet().service(request.get(), response.get());
        return response;
    }

    private SessionServlet servlet() {
        return Injection.into(new SessionServlet(), desk.logins, desk.guard, security());
    }

    /** Asks the mechanism, as a container does. */
    private SecurityContext security() {
        return (SecurityContext) Proxy.newProxyInstance(
                SecurityContext.class.getClassLoader(),
                new Class<?>[] {SecurityContext.class},
                (proxy, method, arguments) -> authenticate(
                        (HttpServletRequest) arguments[0],
                        (HttpServletResponse) arguments[1],
                        (AuthenticationParameters) arguments[2]));
    }

    private AuthenticationStatus authenticate(
            HttpServletRequest request, HttpServletResponse response, AuthenticationParameters parameters) {
        return mechanism.validateRequest(request, response, new TestMessageContext(request, parameters).get());
    }
}
