package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.TestDesk.Exchange;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which requests get the cookie of a successor, and that nothing but a sign-out takes one away. */
class RenewedCookieTest {

    private final TestDesk desk = new TestDesk();
    private final String cookie = desk.cookieOfAnn();

    @Test
    @Tag("P-08")
    @Tag("P-09")
    void isSentOnceWhenTheTokenIsDue() {
        desk.sessions.twin().pass(RENEW.minus(TICK));
        assertThat(desk.resume(withCookie(cookie)).setCookies()).isEmpty();

        desk.sessions.twin().pass(TICK);
        Exchange winner = desk.resume(withCookie(cookie));
        Exchange loser = desk.resume(withCookie(cookie));

        assertThat(winner.user()).isEqualTo("ann");
        assertThat(winner.setCookies()).hasSize(1);
        assertThat(winner.cookie()).isNotEqualTo(cookie);
        assertThat(winner.response().headers("Cache-Control")).containsExactly("no-store");
        assertThat(loser.user()).isEqualTo("ann");
        assertThat(loser.setCookies()).isEmpty();
    }

    @Test
    @Tag("P-96")
    @Tag("X-06")
    @Tag("X-07")
    void isNeverSentToALateTokenNorTakenAwayFromIt() {
        desk.sessions.twin().pass(RENEW);
        String successor = desk.resume(withCookie(cookie)).cookie();
        assertThat(desk.resume(withCookie(successor)).setCookies()).isEmpty();

        Exchange within = desk.resume(withCookie(cookie));
        desk.sessions.twin().pass(GRACE);
        Exchange late = desk.resume(withCookie(cookie));
        desk.sessions.twin().pass(GRACE.multipliedBy(3));
        Exchange copy = desk.resume(withCookie(cookie));
        Exchange over = desk.resume(withCookie(successor));

        assertThat(within.user()).isEqualTo("ann");
        assertThat(within.setCookies()).isEmpty();
        for (Exchange refused : new Exchange[] {late, copy, over}) {
            assertThat(refused.isAnonymous()).isTrue();
            assertThat(refused.setCookies()).isEmpty();
        }
    }

    @Test
    @Tag("P-06")
    @Tag("P-07")
    @Tag("P-64")
    @Tag("P-65")
    void isNeverSentToATokenThatDoesNotCountNorTakenAwayFromIt() {
        Exchange forged = desk.resume(withCookie(cookie.substring(1) + "A"));
        Exchange twice = desk.resume(withCookie(cookie + "; " + TestDesk.COOKIE + "=" + desk.cookieOfAnn()));
        desk.sessions.twin().pass(IDLE.plus(Duration.ofDays(1)));
        Exchange gone = desk.resume(withCookie(cookie));

        for (Exchange refused : new Exchange[] {forged, twice, gone}) {
            assertThat(refused.isAnonymous()).isTrue();
            assertThat(refused.setCookies()).isEmpty();
        }
    }

    @Test
    @Tag("X-30")
    @Tag("S-19")
    void isNeverSentToAPassiveRequestWhichExtendsNothing() {
        desk.sessions.twin().pass(RENEW);
        int before = desk.sessions.cache().writes();

        Exchange poll = desk.resume(withCookie(cookie), true);

        assertThat(poll.user()).isEqualTo("ann");
        assertThat(poll.setCookies()).isEmpty();
        assertThat(desk.sessions.cache().writes()).isEqualTo(before);
        desk.sessions.twin().pass(IDLE.minus(RENEW));
        assertThat(desk.resume(withCookie(cookie)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("P-57")
    @Tag("P-68")
    void livesNoLongerThanTheRememberedSessionStillDoes() {
        String remembered = desk.signIn(anonymous(), ANN, true).cookie();
        Duration day = Duration.ofDays(1);
        desk.sessions.twin().pass(day);

        Exchange renewed = desk.resume(withCookie(remembered));

        Duration left = TestRows.LIMITS.remembered().absolute().minus(day);
        assertThat(renewed.setCookies()).singleElement().asString().contains("; Max-Age=" + left.toSeconds() + ";");
    }

    @Test
    @Tag("X-23")
    @Tag("P-58")
    void isSentToOneOfTwoTabsOfABrowserThatReturns() {
        String remembered = desk.signIn(anonymous(), ANN, true).cookie();
        desk.sessions.twin().pass(Duration.ofDays(1));

        Exchange one = desk.resume(withCookie(remembered));
        Exchange two = desk.resume(withCookie(remembered));
        Exchange three = desk.resume(withCookie(one.cookie()));

        assertThat(one.user()).isEqualTo("ann");
        assertThat(two.user()).isEqualTo("ann");
        assertThat(two.setCookies()).isEmpty();
        assertThat(three.user()).isEqualTo("ann");
        assertThat(three.setCookies()).isEmpty();
    }

    @Test
    @Tag("X-19")
    void isSentAgainWhenTheAnswerWasLost() {
        desk.sessions.twin().pass(RENEW);
        desk.resume(withCookie(cookie));
        desk.sessions.twin().pass(GRACE.plus(GRACE.dividedBy(30)));

        Exchange again = desk.resume(withCookie(cookie));

        assertThat(again.setCookies()).hasSize(1);
        assertThat(desk.resume(withCookie(again.cookie())).user()).isEqualTo("ann");
    }
}
