package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.BOB;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SessionEvent.Rejected;
import dev.postern.http.TestDesk.Exchange;
import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.request.RequestLogin;
import dev.postern.session.row.TestRows;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.TestContainerSession;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in and out with the cookie. */
class RequestAuthenticatorTest {

    private final TestDesk desk = new TestDesk();

    @Test
    @Tag("P-01")
    void requestWithoutATokenIsAnonymousAndChangesNothing() {
        Exchange exchange = desk.resume(anonymous());

        assertThat(exchange.isAnonymous()).isTrue();
        assertThat(exchange.setCookies()).isEmpty();
        assertThat(desk.sessions.cache().reads() + desk.sessions.cache().writes())
                .isZero();
    }

    @Test
    @Tag("S-86")
    @Tag("S-63")
    @Tag("T1")
    @Tag("C3")
    void tellsOfTwoTokensInOneRequest() {
        String cookie = desk.cookieOfAnn();
        String other = desk.cookieOfAnn();
        int reads = desk.sessions.cache().reads();

        Exchange planted = desk.resume(withCookie(cookie + "; " + TestDesk.COOKIE + "=" + other));

        assertThat(planted.isAnonymous()).isTrue();
        assertThat(planted.setCookies()).isEmpty();
        assertThat(desk.sessions.events(Rejected.class))
                .containsExactly(new Rejected(Rejected.Cause.DOUBLED, Optional.empty(), TestSessions.START));
        assertThat(desk.sessions.cache().reads()).isEqualTo(reads);
    }

    @Test
    @Tag("S-86")
    @Tag("C3")
    void plantedCookiesBesideTheTokenDoNotCount() {
        String cookie = desk.cookieOfAnn();

        Exchange planted = desk.resume(withCookie("planted; " + TestDesk.COOKIE + "=" + cookie));

        assertThat(planted.user()).isEqualTo("ann");
        assertThat(desk.sessions.events(Rejected.class)).isEmpty();
    }

    @Test
    @Tag("S-86")
    void tellsNothingOfCookiesThatMayNotTravel() {
        desk.resume(withCookie("abc; " + TestDesk.COOKIE + "=def").plain("shop.example", "192.0.2.1"));

        assertThat(desk.sessions.events(Rejected.class)).isEmpty();
    }

    /** Only a few a second, as of everything that anybody can send. */
    @Test
    @Tag("S-22")
    void tellsOnlyOfAFewCookiesThatStandTwice() {
        for (int i = 0; i < 100; i++) {
            desk.resume(withCookie("abc; " + TestDesk.COOKIE + "=def"));
        }

        assertThat(desk.sessions.events(Rejected.class)).hasSize(20);
    }

    @Test
    @Tag("P-56")
    @Tag("P-79")
    @Tag("P-84")
    @Tag("P-98")
    @Tag("P-107")
    void signInSendsACookieThatEndsWithTheBrowser() {
        Exchange exchange = desk.signIn(anonymous(), ANN, false);

        assertThat(exchange.user()).isEqualTo("ann");
        assertThat(exchange.setCookies())
                .containsExactly(
                        TestDesk.COOKIE + "=" + exchange.cookie() + "; Path=/; Secure; HttpOnly; SameSite=Lax");
        assertThat(desk.resume(withCookie(exchange.cookie())).user()).isEqualTo("ann");
    }

    @Test
    @Tag("P-68")
    @Tag("P-71")
    @Tag("P-78")
    @Tag("P-80")
    void rememberedSignInSendsACookieThatLivesAsLongAsItsSession() {
        Exchange exchange = desk.signIn(anonymous(), ANN, true);

        Duration absolute = TestRows.LIMITS.remembered().absolute();
        assertThat(exchange.setCookies())
                .singleElement()
                .asString()
                .contains("; Max-Age=" + absolute.toSeconds() + ";");
        Exchange next = desk.resume(withCookie(exchange.cookie()));
        assertThat(next.login().session().orElseThrow().handle())
                .isEqualTo(exchange.login().session().orElseThrow().handle());
    }

    @Test
    @Tag("P-03")
    void loginThatWasFoundEarlierInTheRequestStays() {
        String bobs = desk.signIn(anonymous(), BOB, false).cookie();
        Exchange first = desk.signIn(withCookie(bobs), ANN, false);
        int before = desk.sessions.cache().reads();

        Exchange second = desk.resume(first.request());

        assertThat(second.user()).isEqualTo("ann");
        assertThat(second.setCookies()).isEmpty();
        assertThat(desk.sessions.cache().reads()).isEqualTo(before);
    }

    @Test
    @Tag("P-14")
    @Tag("P-95")
    void signInGivesTheContainersSessionAnotherId() {
        TestContainerSession container = new TestContainerSession();
        String planted = container.id();

        Exchange first = desk.signIn(anonymous().with(container), ANN, false);
        assertThat(container.id()).isNotEqualTo(planted);
        desk.signIn(withCookie(first.cookie()).with(container), ANN, false);

        assertThat(container.isOver()).isFalse();
    }

    @Test
    @Tag("P-95")
    @Tag("X-09")
    void signInAsAnotherUserLeavesNothingOfTheFirst() {
        TestContainerSession container = new TestContainerSession();
        String anns = desk.signIn(anonymous().with(container), ANN, false).cookie();

        Exchange exchange = desk.signIn(withCookie(anns).with(container), BOB, false);

        assertThat(container.isOver()).isTrue();
        assertThat(desk.resume(withCookie(exchange.cookie())).user()).isEqualTo("bob");
        assertThat(desk.resume(withCookie(anns)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("P-118")
    @Tag("X-28")
    void brokenGridIsNeitherSignedInNorAnonymousAndChangesNoCookie() {
        String cookie = desk.cookieOfAnn();
        TestRequest leaving = withCookie(cookie);
        desk.sessions.twin().setBroken(true);

        Exchange in = desk.signIn(anonymous(), ANN, false);
        Exchange going = desk.resume(withCookie(cookie));
        TestResponse out = new TestResponse();
        assertThatThrownBy(() -> desk.signOut.end(leaving.get(), out.get())).isInstanceOf(PosternException.class);

        assertThat(in.login()).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(in.setCookies()).isEmpty();
        assertThat(going.login()).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(going.setCookies()).isEmpty();
        assertThat(UnwrappedRequest.login(leaving.get())).isInstanceOf(RequestLogin.Unavailable.class);
        assertThat(out.headers("Set-Cookie")).isEmpty();
    }

    @Test
    void gridThatIsAwayIsLoggedOnceWithItsCauseAndNotForEachRequest() {
        String cookie = desk.cookieOfAnn();
        desk.sessions.twin().setBroken(true);
        try (CapturedLog log = CapturedLog.of(RequestAuthenticator.class.getName())) {
            desk.resume(withCookie(cookie));
            desk.resume(withCookie(cookie));
            desk.signIn(anonymous(), ANN, false);

            assertThat(log.records())
                    .singleElement()
                    .extracting(LogRecord::getThrown)
                    .isInstanceOf(PosternException.class);
        }
    }

    @Test
    @Tag("P-05")
    @Tag("X-11")
    void metadataComesFromTheSessionAndNotFromTheRequest() {
        String cookie = desk.cookieOfAnn();
        TestRequest request = withCookie(cookie).answer("getRemoteAddr", "192.0.2.3");
        request.get().setAttribute("address", "planted");

        Exchange exchange = desk.resume(request);

        assertThat(exchange.login().session().orElseThrow().row().metadata()).containsEntry("address", "192.0.2.1");
        desk.sessions.twin().pass(TestSessions.RENEW);
        Exchange renewed = desk.resume(withCookie(cookie).answer("getRemoteAddr", "192.0.2.3"));
        assertThat(renewed.login().session().orElseThrow().row().metadata()).containsEntry("address", "192.0.2.3");
    }

    @Test
    @Tag("A12")
    void addressAndAgentFollowTheClientWheneverAUseIsWrittenDown() {
        String cookie = desk.cookieOfAnn();
        Supplier<TestRequest> elsewhere =
                () -> withCookie(cookie).answer("getRemoteAddr", "192.0.2.3").header("User-Agent", "another browser");

        Exchange soon = desk.resume(elsewhere.get());
        desk.sessions.twin().pass(TestSessions.TOUCH);
        Exchange touched = desk.resume(elsewhere.get());

        assertThat(metadata(soon)).containsEntry("address", "192.0.2.1").doesNotContainKey("userAgent");
        assertThat(metadata(touched))
                .containsEntry("address", "192.0.2.3")
                .containsEntry("userAgent", "another browser")
                .containsEntry("firstSeenAddress", "192.0.2.1");
    }

    @Test
    @Tag("A4")
    void eachClientIsSentASuccessorOfItsOwn() {
        String cookie = desk.cookieOfAnn();
        desk.sessions.twin().pass(TestSessions.RENEW);

        assertThat(desk.resume(withCookie(cookie).header("User-Agent", "a thief's"))
                        .setCookies())
                .hasSize(1);
        assertThat(desk.resume(withCookie(cookie)).setCookies()).hasSize(1);
        assertThat(desk.resume(withCookie(cookie)).setCookies()).isEmpty();
        assertThat(desk.resume(withCookie(cookie).answer("getRemoteAddr", "192.0.2.9"))
                        .setCookies())
                .hasSize(1);
        assertThat(desk.resume(withCookie(cookie).header("User-Agent", "a thief's"))
                        .setCookies())
                .isEmpty();
    }

    private static Map<String, String> metadata(Exchange exchange) {
        return exchange.login().session().orElseThrow().row().metadata();
    }
}
