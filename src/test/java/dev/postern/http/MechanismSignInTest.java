package dev.postern.http;

import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.askingForBearer;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Challenge;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.SignInFailure;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.server.WildFlyJaspi;
import dev.postern.http.transport.BearerHeader;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestLogin;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the mechanism makes of a credential that an application hands over. */
class MechanismSignInTest {

    private static final AuthenticationStatus IN = AuthenticationStatus.SUCCESS;
    private static final AuthenticationStatus REFUSED = AuthenticationStatus.SEND_FAILURE;

    private final TestDesk desk = new TestDesk();
    private final SessionMechanism mechanism = desk.mechanism(desk.check(MechanismSignInTest::validate), desk.guard);
    private final TestResponse response = new TestResponse();

    /** A credential of a kind of its own; its caller is no class that anybody else knows. */
    private record Badge(String holder) implements Credential {}

    private static final class Holder extends CallerPrincipal {
        Holder(String name) {
            super(name);
        }
    }

    private static CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof Badge badge)) {
            throw new IllegalStateException("This store reads badges only.");
        }
        return switch (badge.holder) {
            case "ann", "ann@shop.example" -> new CredentialValidationResult(new Holder("ann"), Set.of("clerk"));
            case "outer join" ->
                new CredentialValidationResult("ann", new HashSet<>(Arrays.asList("clerk", null, " ")));
            case "nobody's" -> CredentialValidationResult.NOT_VALIDATED_RESULT;
            default -> CredentialValidationResult.INVALID_RESULT;
        };
    }

    @Test
    @Tag("S-63")
    void tellsOfEachCredentialThatIsWrong() {
        TestRequest request = anonymous();

        assertThat(validate(request, handingOver(request, "mallory"))).isEqualTo(REFUSED);

        assertThat(desk.events)
                .containsExactly(new SessionEvent.SignInFailed(
                        Optional.empty(), request.get().getRemoteAddr(), TestSessions.START));
    }

    @Test
    @Tag("P-31")
    @Tag("P-84")
    @Tag("P-87")
    @Tag("P-98")
    @Tag("P-102")
    void signsInWhoeverTheIdentityStoreKnowsWhereverTheCredentialIsHandedOver() {
        TestRequest request = anonymous().answer("getRequestURI", "/register");
        TestMessageContext context = handingOver(request, "ann");

        assertThat(validate(request, context)).isEqualTo(IN);

        assertThat(context.told()).contains(new TestMessageContext.Told("ann", Set.of("clerk")));
        assertThat(response.headers("Set-Cookie")).hasSize(1);
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.SignedIn.class);
    }

    @Test
    @Tag("F-05")
    @Tag("T2")
    void signsNobodyInForAnotherSite() {
        TestRequest request = anonymous().answer("getMethod", "POST").header("Sec-Fetch-Site", "cross-site");

        assertThat(validate(request, handingOver(request, "ann"))).isEqualTo(REFUSED);

        assertThat(failure(request)).isEqualTo(new SignInFailure(SignInFailure.Reason.OTHER_SITE));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-30")
    void knowsTheUserByWhatTheIdentityStoreSaysAndNotByWhatTheClientTyped() {
        TestRequest request = anonymous().answer("getRequestURI", "/register");
        TestMessageContext context = handingOver(request, "ann@shop.example");

        assertThat(validate(request, context)).isEqualTo(IN);

        assertThat(context.told()).contains(new TestMessageContext.Told("ann", Set.of("clerk")));
    }

    @Test
    @Tag("P-85")
    @Tag("C26")
    void takesACredentialThatNoIdentityStoreJudgesForWrongCountsItAndLogsIt() {
        TestRequest request = anonymous();
        try (CapturedLog log = CapturedLog.of(CredentialVerifier.class.getName())) {
            assertThat(validate(request, handingOver(request, "nobody's"))).isEqualTo(REFUSED);
            assertThat(validate(request, handingOver(request, "nobody's"))).isEqualTo(REFUSED);

            assertThat(log.records())
                    .singleElement()
                    .extracting(LogRecord::getMessage)
                    .asString()
                    .contains("No identity store", Badge.class.getName(), "NOT_VALIDATED");
        }
        assertThat(failure(request)).isEqualTo(new SignInFailure(SignInFailure.Reason.WRONG_CREDENTIAL));
        assertThat(desk.events).hasSize(2);
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-84")
    @Tag("P-99")
    @Tag("P-112")
    void refusesAWrongCredentialAndLeavesTheResponseAlone() {
        TestRequest request = askingForBearer();

        assertThat(validate(request, handingOver(request, "eve"))).isEqualTo(REFUSED);

        assertThat(failure(request)).isEqualTo(new SignInFailure(SignInFailure.Reason.WRONG_CREDENTIAL));
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers(Challenge.HEADER)).isEmpty();
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(response.headers(BearerHeader.TOKEN)).isEmpty();
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-111")
    @Tag("P-112")
    void givesAClientThatAsksForItItsTokenInAHeader() {
        TestRequest request = askingForBearer().answer("getRequestURI", "/register");

        assertThat(validate(request, handingOver(request, "ann"))).isEqualTo(IN);

        assertThat(response.headers(BearerHeader.TOKEN)).hasSize(1);
        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("P-102")
    @Tag("P-105")
    @Tag("P-111")
    void givesNothingToARequestThatHandsNothingOver() {
        TestRequest open = askingForBearer();
        assertThat(validate(open, new TestMessageContext(open.get(), false))).isEqualTo(AuthenticationStatus.NOT_DONE);
        assertThat(response.headers(BearerHeader.TOKEN)).isEmpty();

        TestRequest guarded = anonymous();
        assertThat(validate(guarded, new TestMessageContext(guarded.get(), true)))
                .isEqualTo(REFUSED);
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.headers(Challenge.HEADER)).containsExactly(Challenge.VALUE);
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-85")
    void letsAFailingIdentityStoreSayWhatFailed() {
        TestRequest request = anonymous();
        AuthenticationParameters parameters =
                AuthenticationParameters.withParams().credential(new Credential() {});
        TestMessageContext context = new TestMessageContext(request.get(), parameters);

        assertThatThrownBy(() -> validate(request, context)).hasMessage("This store reads badges only.");

        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-88")
    @Tag("P-103")
    void leavesTheSessionAsItIsWhenTheNewCredentialIsWrong() {
        String cookie = desk.cookieOfAnn();
        TestRequest request = withCookie(cookie);
        desk.resume(request);

        assertThat(validate(request, handingOver(request, "eve"))).isEqualTo(REFUSED);

        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("P-88")
    @Tag("P-103")
    void givesTheSameSessionANewTokenWhenItsUserProvesAgainWhoTheyAre() {
        String cookie = desk.cookieOfAnn();
        TestRequest request = withCookie(cookie);

        assertThat(validate(request, handingOver(request, "ann"))).isEqualTo(IN);

        assertThat(response.headers("Set-Cookie")).hasSize(1).noneMatch(line -> line.contains(cookie));
        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("P-118")
    @Tag("X-28")
    void throwsWhereTheGridDoesNotTakeASignIn() {
        desk.sessions.twin().setBroken(true);
        TestRequest request = anonymous();

        assertThatThrownBy(() -> validate(request, handingOver(request, "ann"))).isInstanceOf(PosternException.class);

        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(response.headers("Set-Cookie")).isEmpty();
    }

    @Test
    @Tag("C19")
    void leavesNoSessionAndNoTokenWhereTheServerIsNotSetUpForUsers() {
        TestRequest request = anonymous().ofApplicationWith(WildFlyJaspi.DOMAIN, "shop");
        TestMessageContext context = handingOver(request, "ann").refusingUsers();

        assertThatThrownBy(() -> validate(request, context))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("application-security-domain 'shop'")
                .hasMessageContaining("server-config/wildfly/postern.cli");

        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.keeper.userSessions().of("ann")).isEmpty();
        assertThat(UnwrappedRequest.login(request.get())).isInstanceOf(RequestLogin.Anonymous.class);
    }

    /** Another node may be set up. */
    @Test
    @Tag("C19")
    void leavesASessionThatItsServerDoesNotTakeAsItIs() {
        String cookie = desk.cookieOfAnn();
        TestRequest open = withCookie(cookie).ofApplicationWith(WildFlyJaspi.DOMAIN, "shop");
        TestRequest guarded = withCookie(cookie).ofApplicationWith(WildFlyJaspi.DOMAIN, "shop");

        assertThat(validate(open, new TestMessageContext(open.get(), false).refusingUsers()))
                .isEqualTo(AuthenticationStatus.NOT_DONE);
        assertThat(UnwrappedRequest.login(open.get())).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(validate(guarded, new TestMessageContext(guarded.get(), true).refusingUsers()))
                .isEqualTo(REFUSED);
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("C11")
    void passesOverGroupsThatAreNone() {
        TestRequest request = anonymous();
        TestMessageContext context = handingOver(request, "outer join");

        assertThat(validate(request, context)).isEqualTo(IN);

        assertThat(context.told()).contains(new TestMessageContext.Told("ann", Set.of("clerk")));
    }

    @Test
    @Tag("C8")
    void namesTheCallerInTheIdentityStoresOwnKind() {
        TestRequest request = anonymous();
        TestMessageContext context = handingOver(request, "ann");
        assertThat(validate(request, context)).isEqualTo(IN);
        assertThat(context.principal()).containsInstanceOf(Holder.class);

        TestRequest handshake = anonymous()
                .header("Upgrade", "websocket")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Origin", "https://shop.example");
        TestMessageContext socket = handingOver(handshake, "ann");
        assertThat(validate(handshake, socket)).isEqualTo(IN);
        assertThat(socket.principal()).containsInstanceOf(SessionPrincipal.class);
    }

    private static SignInFailure failure(TestRequest request) {
        return (SignInFailure) request.get().getAttribute(SignInFailure.ATTRIBUTE);
    }

    private AuthenticationStatus validate(TestRequest request, TestMessageContext context) {
        return context.ask(mechanism, request.get(), response);
    }

    private static TestMessageContext handingOver(TestRequest request, String holder) {
        AuthenticationParameters parameters =
                AuthenticationParameters.withParams().credential(new Badge(holder));
        return new TestMessageContext(request.get(), parameters);
    }
}
