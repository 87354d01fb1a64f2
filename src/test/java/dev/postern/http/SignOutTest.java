package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.anonymous;
import static dev.postern.http.TestDesk.withCookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.http.TestDesk.Exchange;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.TestContainerSession;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a sign-out leaves. */
class SignOutTest {

    private final TestDesk desk = new TestDesk();

    @Test
    @Tag("P-17")
    @Tag("P-73")
    @Tag("P-81")
    @Tag("P-101")
    void signOutRemovesTheCookieAndEndsTheSession() {
        String cookie = desk.signIn(anonymous(), ANN, true).cookie();
        TestRequest request = withCookie(cookie);
        desk.resume(request);

        Exchange out = desk.signOut(request);

        assertThat(out.isAnonymous()).isTrue();
        assertThat(out.setCookies())
                .singleElement()
                .asString()
                .startsWith(TestDesk.COOKIE + "=; Max-Age=0; ")
                .endsWith("; Path=/; Secure; HttpOnly; SameSite=Lax");
        Exchange thief = desk.resume(withCookie(cookie));
        assertThat(thief.isAnonymous()).isTrue();
        assertThat(thief.setCookies()).isEmpty();
    }

    @Test
    @Tag("P-100")
    void signOutWithoutASessionChangesNothing() {
        Exchange out = desk.signOut(anonymous());

        assertThat(out.isAnonymous()).isTrue();
        assertThat(out.setCookies()).isEmpty();
        assertThat(desk.sessions.cache().writes()).isZero();
    }

    @Test
    @Tag("P-18")
    @Tag("P-106")
    void signInThenSignOutInOneRequestLeavesNoSessionAndOnlyTheRemoval() {
        TestRequest request = anonymous();
        TestResponse response = new TestResponse();
        desk.begin(request, response, ANN);
        String cookie = response.headers("Set-Cookie").get(0);

        desk.signOut.end(request.get(), response.get());

        assertThat(response.headers("Set-Cookie"))
                .singleElement()
                .asString()
                .startsWith(TestDesk.COOKIE + "=; Max-Age=0");
        String value = cookie.substring(TestDesk.COOKIE.length() + 1, cookie.indexOf(';'));
        assertThat(desk.resume(withCookie(value)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("X-10")
    void signOutEndsTheContainersSessionToo() {
        TestContainerSession container = new TestContainerSession();
        String cookie = desk.cookieOfAnn();

        desk.signOut(withCookie(cookie).with(container));

        assertThat(container.isOver()).isTrue();
    }

    @Test
    @Tag("X-28")
    void signOutThatFailsIsLoggedAsThatAndInOneLine() {
        String cookie = desk.cookieOfAnn();
        desk.sessions.twin().setBroken(true);
        try (CapturedLog log = CapturedLog.ofAll("dev.postern.http")) {
            assertThatThrownBy(() -> desk.signOut(withCookie(cookie))).isInstanceOf(PosternException.class);

            assertThat(log.records())
                    .filteredOn(line -> line.getLevel().equals(Level.WARNING))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.getMessage())
                                .startsWith("grid_failed: Ending a session at a sign-out failed: 503.")
                                .contains("The twin was told to be broken.");
                        assertThat(line.getThrown()).isNull();
                    });
            assertThat(log.records())
                    .filteredOn(line -> line.getLevel().equals(Level.FINE))
                    .singleElement()
                    .extracting(LogRecord::getThrown)
                    .isInstanceOf(PosternException.class);
        }
    }

    @Test
    @Tag("X-28")
    @Tag("G11")
    void signOutThatFailsIsMadeUpForWithEveryTokenThatTheClientHolds() {
        String one = desk.cookieOfAnn();
        String other = desk.cookieOfAnn();
        TestRequest request = withCookie(one + "; " + TestDesk.COOKIE + "=" + other);
        desk.sessions.twin().setBroken(true);
        assertThatThrownBy(() -> desk.signOut(request)).isInstanceOf(PosternException.class);
        desk.sessions.twin().setBroken(false);

        assertThat(desk.resume(withCookie(one)).isAnonymous()).isTrue();
        assertThat(desk.resume(withCookie(other)).isAnonymous()).isTrue();
    }
}
