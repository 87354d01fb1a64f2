package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.COOKIE;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.http.TestDesk.Exchange;
import dev.postern.http.transport.BearerHeader;
import dev.postern.session.TestSessions;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client that holds a cookie and asks for a bearer token, or sends both, or asks too late. */
class MixedTransportsTest {

    private final TestDesk desk = new TestDesk();

    @Test
    @Tag("P-112")
    void aCookieGoesOnWhenABearerTokenIsAskedForBesideIt() {
        String cookie = desk.cookieOfAnn();

        Exchange begun = desk.signIn(withCookie(cookie).header(BearerHeader.TRANSPORT, "bearer"), ANN, false);

        assertThat(begun.setCookies()).isEmpty();
        desk.sessions.twin().pass(TestSessions.GRACE.multipliedBy(5));
        assertThat(desk.resume(withBearer(begun.tokens().get(0))).user()).isEqualTo("ann");
        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("A7")
    void aCookiesSuccessorGoesIntoTheCookieWhateverTheHeaderSays() {
        String cookie = desk.cookieOfAnn();
        desk.sessions.twin().pass(TestSessions.RENEW);

        Exchange renewed = desk.resume(withCookie(cookie).header(BearerHeader.TRANSPORT, "bearer"));

        assertThat(renewed.tokens()).isEmpty();
        assertThat(renewed.setCookies()).singleElement().asString().startsWith(COOKIE + "=");
    }

    @Test
    @Tag("C3")
    void aSignInOverSeveralCookiesLeavesOne() {
        Exchange begun = desk.signIn(withCookie("planted").header("Cookie", COOKIE + "=other"), ANN, false);

        assertThat(begun.setCookies().get(0)).doesNotContain("Max-Age=0");
        assertThat(begun.setCookies().subList(1, begun.setCookies().size()))
                .isNotEmpty()
                .allMatch(line -> line.startsWith(COOKIE + "=; Max-Age=0"));
    }

    @Test
    @Tag("P-110")
    void aBearerTokenGoesOnWithItsOwnSession() {
        String first =
                desk.signIn(TestDesk.askingForBearer(), ANN, false).tokens().get(0);

        Exchange again = desk.signIn(withBearer(first), ANN, false);

        assertThat(desk.resume(withBearer(first)).isAnonymous()).isTrue();
        assertThat(desk.resume(withBearer(again.tokens().get(0))).user()).isEqualTo("ann");
    }

    @Test
    @Tag("P-101")
    void aSignOutWithBothEndsBothAndRemovesTheCookie() {
        String cookie = desk.cookieOfAnn();
        String token =
                desk.signIn(TestDesk.askingForBearer(), ANN, false).tokens().get(0);

        Exchange out = desk.signOut(withCookie(cookie).header("Authorization", "Bearer " + token));

        assertThat(out.setCookies()).singleElement().asString().startsWith(COOKIE + "=; Max-Age=0");
        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
        assertThat(desk.resume(withBearer(token)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("P-18")
    void aSignInAfterTheResponseIsWrittenChangesNothing() {
        String cookie = desk.cookieOfAnn();
        TestRequest request = withCookie(cookie);
        TestRequest other = anonymous();

        assertThatThrownBy(() -> desk.begin(request, new TestResponse().commit(), ANN))
                .hasMessageContaining("before the response is written");
        assertThatThrownBy(() -> desk.begin(other, new TestResponse().commit(), ANN))
                .isInstanceOf(IllegalStateException.class);

        assertThat(desk.resume(withCookie(cookie)).user()).isEqualTo("ann");
    }
}
