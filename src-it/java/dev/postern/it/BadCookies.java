package dev.postern.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cookie that is not ours is no cookie: anonymous, no error page, and the cookie stays where it is. */
interface BadCookies extends OnTwoNodes {

    int OVERSIZED = 6000;

    /** A cookie of ours. */
    record Cookie(String name, String value) {

        String with(String other) {
            return name + "=" + other;
        }

        @Override
        public String toString() {
            return with(value);
        }
    }

    private Cookie cookie() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String cookie = browser().sessionCookie();
        Browser.getWith(nodes().b().resolve("guarded"), cookie).has(200);
        int name = cookie.indexOf('=');
        return new Cookie(cookie.substring(0, name), cookie.substring(name + 1));
    }

    @Test
    @Tag("P-07")
    default void oneChangedLetterIsAnonymous() {
        Cookie cookie = cookie();
        String value = cookie.value();
        for (int i : new int[] {0, value.length() / 2, value.length() - 2}) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            isAnonymous(cookie.with(value.substring(0, i) + other + value.substring(i + 1)));
        }
    }

    @Test
    default void truncatedIsAnonymous() {
        Cookie cookie = cookie();
        String value = cookie.value();
        isAnonymous(cookie.with(value.substring(0, value.length() - 1)));
        isAnonymous(cookie.with(value.substring(0, value.length() / 2)));
        isAnonymous(cookie.with(""));
        isAnonymous(cookie.name());
    }

    @Test
    default void lengthenedIsAnonymous() {
        Cookie cookie = cookie();

        isAnonymous(cookie + "A");
        isAnonymous(cookie + "==");
    }

    @Test
    default void doubledIsAnonymousInEitherOrder() {
        Cookie cookie = cookie();
        String good = cookie.toString();
        Browser other = new Browser();
        other.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String otherGood = other.sessionCookie();
        isAnonymous(good + "; " + otherGood);
        isAnonymous(otherGood + "; " + good);
        isAnonymous(good, otherGood);
        isAnonymous(otherGood, good);
    }

    @Test
    default void plantedCookiesBesideItAreNoObstacleInEitherOrder() {
        Cookie cookie = cookie();
        for (String sent :
                new String[] {cookie + "; " + cookie.with("planted"), cookie.with("planted") + "; " + cookie}) {
            Browser.getWith(nodes().b().resolve("guarded"), sent)
                    .has(200)
                    .hasBody()
                    .isEqualTo("guarded for clerk");
        }
    }

    @Test
    default void plantedSecondCookieDoesNotDisarmASignOut() {
        Cookie cookie = cookie();
        Browser planted = new Browser().sending("Cookie", cookie + "; " + cookie.with("planted"));

        planted.signOut(nodes().a()).has(204);

        isAnonymous(cookie.toString());
    }

    @Test
    default void oversizedIsAnonymous() {
        isAnonymous(cookie().with("A".repeat(OVERSIZED)));
    }

    @Test
    default void garbageIsAnonymous() {
        Cookie cookie = cookie();

        isAnonymous(cookie.with("%00%ff;;=;\"" + cookie.value() + "\""));
        isAnonymous(cookie.with("\"\"" + cookie.value() + "\"\""));
    }

    @Test
    default void strangersCookiesAreNoObstacle() {
        Cookie cookie = cookie();

        Browser.getWith(nodes().a().resolve("guarded"), "theme=dark; " + cookie + "; x" + cookie.with("y"))
                .has(200)
                .hasBody()
                .isEqualTo("guarded for clerk");
    }

    private void isAnonymous(String... cookieHeaders) {
        Browser.getWith(nodes().b().resolve("guarded"), cookieHeaders)
                .isUnauthorized()
                .changesNoCookie();
        Browser.getWith(nodes().b().resolve("who"), cookieHeaders)
                .has(200)
                .changesNoCookie()
                .hasBody()
                .contains("user=\n", "container=null");
    }
}
