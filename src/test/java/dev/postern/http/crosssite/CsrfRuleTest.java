package dev.postern.http.crosssite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.TestDesk;
import dev.postern.testing.TestRequest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** S-79 with O5, as a whole: what changes something by a cookie brings its session's CSRF token, once, in the header. */
@Tag("S-79")
class CsrfRuleTest {

    private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PURGE");

    private final TestDesk desk = new TestDesk();

    private enum Csrf {
        NONE,
        EMPTY,
        RIGHT,
        TWICE,
        OF_ANOTHER_SESSION,
        NONSENSE
    }

    private enum Held {
        NOTHING,
        COOKIE,
        FORGED_COOKIE,
        TWO_COOKIES,
        BEARER
    }

    @ParameterizedTest
    @EnumSource
    void asksForTheSessionsTokenAsTheRuleSays(Held held) {
        CrossSiteGuard asking = desk.guard.askingForCsrfTokens(desk.sessions.keeper());
        String cookie = desk.cookieOfAnn();
        String other = desk.cookieOfAnn();
        for (String method : METHODS) {
            for (Csrf csrf : Csrf.values()) {
                TestRequest request = new TestRequest().answer("getMethod", method);
                carry(held, cookie, request);
                bring(csrf, cookie, other, request);
                boolean isSafe = SAFE.contains(method);
                boolean expected = isSafe
                        || held == Held.NOTHING
                        || held == Held.BEARER
                        || (held == Held.COOKIE && csrf == Csrf.RIGHT);

                assertThat(asking.isProven(request.get())).as(method + csrf).isEqualTo(expected);
                assertThat(desk.guard.isProven(request.get())).isTrue();
            }
        }
    }

    private void carry(Held held, String cookie, TestRequest request) {
        switch (held) {
            case NOTHING -> {}
            case COOKIE -> request.header("Cookie", TestDesk.COOKIE + "=" + cookie);
            case FORGED_COOKIE -> request.header("Cookie", TestDesk.COOKIE + "=" + cookie.substring(1) + "A");
            case TWO_COOKIES ->
                request.header(
                        "Cookie", TestDesk.COOKIE + "=" + cookie + "; " + TestDesk.COOKIE + "=" + desk.cookieOfAnn());
            case BEARER -> request.header("Authorization", "Bearer " + cookie);
        }
    }

    private void bring(Csrf csrf, String cookie, String other, TestRequest request) {
        switch (csrf) {
            case NONE -> {}
            case EMPTY -> request.header(CsrfCheck.HEADER, "");
            case RIGHT -> request.header(CsrfCheck.HEADER, csrf(cookie));
            case TWICE -> request.header(CsrfCheck.HEADER, csrf(cookie)).header(CsrfCheck.HEADER, csrf(cookie));
            case OF_ANOTHER_SESSION -> request.header(CsrfCheck.HEADER, csrf(other));
            case NONSENSE -> request.header(CsrfCheck.HEADER, "A".repeat(44));
        }
    }

    private String csrf(String cookie) {
        return desk.sessions
                .keeper()
                .csrfTokens()
                .of(desk.sessions.keeper().recognise(cookie).orElseThrow());
    }
}
