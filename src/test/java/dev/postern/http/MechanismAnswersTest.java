package dev.postern.http;

import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.AccessRefusal;
import dev.postern.Challenge;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mechanism makes of a request that brings a session and no credential. */
class MechanismAnswersTest {

    private static final AuthenticationStatus IN = AuthenticationStatus.SUCCESS;
    private static final AuthenticationStatus REFUSED = AuthenticationStatus.SEND_FAILURE;

    private final TestDesk desk = new TestDesk();
    private final SessionMechanism mechanism =
            desk.mechanism(desk.check(credential -> CredentialValidationResult.INVALID_RESULT), desk.guard);
    private final TestResponse response = new TestResponse();

    @Test
    @Tag("P-04")
    void tellsTheContainerWhoIsCalling() {
        TestRequest request = withCookie(desk.cookieOfAnn());
        TestMessageContext context = new TestMessageContext(request.get(), true);

        assertThat(validate(request, context)).isEqualTo(IN);

        assertThat(context.told()).contains(new TestMessageContext.Told("ann", Set.of("clerk")));
    }

    @Test
    @Tag("F-05")
    @Tag("S-29")
    void refusesWhatAnotherSiteMayHaveSentBeforeAnybodyIsAsked() {
        TestRequest request =
                withCookie(desk.cookieOfAnn()).answer("getMethod", "POST").header("Sec-Fetch-Site", "cross-site");
        int reads = desk.sessions.cache().reads();

        assertThat(validate(request, new TestMessageContext(request.get(), false)))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(403);
        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.sessions.cache().reads()).isEqualTo(reads);
        Object refusal = request.get().getAttribute(AccessRefusal.ATTRIBUTE);
        assertThat(refusal).isNull();
    }

    @Test
    void answers401WhereAUserIsRequiredAndLeavesTheRefusalToAnErrorPage() {
        TestRequest request = TestDesk.anonymous();

        assertThat(validate(request, new TestMessageContext(request.get(), true)))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
        Object refusal = request.get().getAttribute(AccessRefusal.ATTRIBUTE);
        assertThat(refusal).isEqualTo(new AccessRefusal(401, "Sign in first."));
    }

    /** Without an answer of ours the container may say 200, and the provider takes that for a logout (SV-04). */
    @Test
    @Tag("S-18")
    void refusesTheProviderWhereAUserIsRequired() {
        TestRequest request = TestDesk.anonymous().answer("servlet", EndpointPaths.LOGOUT_SERVLET);

        assertThat(validate(request, new TestMessageContext(request.get(), false)))
                .isEqualTo(AuthenticationStatus.NOT_DONE);
        assertThat(validate(request, new TestMessageContext(request.get(), true)))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
    }

    @Test
    @Tag("X-28")
    void answers503WhereAUserIsRequiredAndTheGridIsBroken() {
        TestRequest request = withCookie(desk.cookieOfAnn());
        desk.sessions.twin().setBroken(true);

        assertThat(validate(request, new TestMessageContext(request.get(), true)))
                .isEqualTo(REFUSED);

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Retry-After")).containsExactly("1");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        Object refusal = request.get().getAttribute(AccessRefusal.ATTRIBUTE);
        assertThat(refusal).isEqualTo(new AccessRefusal(503, "Sessions are not available. Try again."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/postern/session", "/postern/session;x", "/postern;a=b/session"})
    @Tag("X-30")
    @Tag("S-87")
    void takesAQuestionAfterTheSessionForPassive(String path) {
        TestRequest request = withCookie(desk.cookieOfAnn()).answer("getRequestURI", path);
        desk.sessions.twin().pass(TestSessions.RENEW);

        assertThat(validate(request, new TestMessageContext(request.get(), false)))
                .isEqualTo(IN);

        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("P-17")
    @Tag("P-101")
    void forgetsTheUserForTheRestOfTheRequestAtASignOut() {
        TestRequest request = withCookie(desk.cookieOfAnn());
        TestMessageContext context = new TestMessageContext(request.get(), true);
        validate(request, context);

        mechanism.cleanSubject(request.get(), response.get(), context.get());

        assertThat(context.told()).isEmpty();
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Anonymous.class);
        assertThat(response.headers("Set-Cookie")).hasSize(1);
    }

    private AuthenticationStatus validate(TestRequest request, TestMessageContext context) {
        return context.ask(mechanism, request.get(), response);
    }
}
