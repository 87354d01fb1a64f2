package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cookie that is not ours is no cookie: anonymous, no error page, and the cookie stays where it is. */
class BadCookieIT extends TwoNodeScenario {

    private static final int OVERSIZED = 6000;

    private String name = "";
    private String value = "";

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return TestWar.ofEverything().build();
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return TestWar.ofEverything().build();
    }

    @BeforeEach
    void signIn() {
        Browser browser = new Browser();
        browser.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String cookie = browser.sessionCookie();
        name = cookie.substring(0, cookie.indexOf('='));
        value = cookie.substring(name.length() + 1);
        Browser.getWith(nodes().b().resolve("guarded"), cookie).has(200);
    }

    @Test
    @Tag("P-07")
    void oneChangedLetterIsAnonymous() {
        for (int i : new int[] {0, value.length() / 2, value.length() - 2}) {
            char other = value.charAt(i) == 'A' ? 'B' : 'A';
            isAnonymous(name + "=" + value.substring(0, i) + other + value.substring(i + 1));
        }
    }

    @Test
    void truncatedIsAnonymous() {
        isAnonymous(name + "=" + value.substring(0, value.length() - 1));
        isAnonymous(name + "=" + value.substring(0, value.length() / 2));
        isAnonymous(name + "=");
        isAnonymous(name);
    }

    @Test
    void lengthenedIsAnonymous() {
        isAnonymous(name + "=" + value + "A");
        isAnonymous(name + "=" + value + "==");
    }

    @Test
    void duplicatedIsAnonymousInEitherOrder() {
        String good = name + "=" + value;
        String planted = name + "=planted";
        isAnonymous(good + "; " + planted);
        isAnonymous(planted + "; " + good);
        isAnonymous(good, planted);
        isAnonymous(planted, good);
    }

    @Test
    void plantedSecondCookieDoesNotDisarmASignOut() {
        Browser planted = new Browser().sending("Cookie", name + "=" + value + "; " + name + "=planted");

        planted.signOut(nodes().a()).has(204);

        isAnonymous(name + "=" + value);
    }

    @Test
    void oversizedIsAnonymous() {
        isAnonymous(name + "=" + "A".repeat(OVERSIZED));
    }

    @Test
    void garbageIsAnonymous() {
        isAnonymous(name + "=%00%ff;;=;\"" + value + "\"");
        isAnonymous(name + "=\"" + value + "\"");
    }

    @Test
    void strangersCookiesAreNoObstacle() {
        Browser.getWith(nodes().a().resolve("guarded"), "theme=dark; " + name + "=" + value + "; x" + name + "=y")
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
