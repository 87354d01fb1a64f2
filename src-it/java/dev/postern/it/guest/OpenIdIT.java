package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.Rig;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.guest.ways.OpenIdCallbackServlet;
import dev.postern.it.guest.ways.OpenIdWay;
import dev.postern.it.guest.ways.OrderServlet;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications whose users sign in at an identity provider. */
@OnWildFlyByDay
class OpenIdIT {

    @RegisterExtension
    static final SmallProvider PROVIDER = new SmallProvider();

    /** Keeps what it has to know until the browser is back in the container's session, and leads back itself. */
    @RegisterExtension
    static final Guest IN_SESSION = guest("openid", true);

    /** Keeps it in cookies, which any node can read. */
    @RegisterExtension
    static final Guest IN_COOKIES = guest("openidcookies", false);

    private final Browser browser = new Browser();

    private static Guest guest(String name, boolean isInSession) {
        return Guest.war(
                name,
                war -> war.addClasses(
                        OpenIdWay.class, OrderServlet.class, GuardedServlet.class, OpenIdCallbackServlet.class),
                Map.of(
                        "way.uri",
                        PROVIDER.uri().toString(),
                        "way.in-session",
                        Boolean.toString(isInSession),
                        "way.leading-back",
                        Boolean.toString(isInSession)));
    }

    @Test
    void providerProvesOnceAndTheBrowserIsLedBack() {
        Reply asked = browser.get(IN_SESSION.uri("guarded")).has(302).changesNoSessionCookie();
        assertThat(asked.header("Location")).startsWith(PROVIDER.uri() + "/authorize");
        Reply proven = follow(asked).has(302);
        Reply back = follow(proven).has(302).changesNoSessionCookie();
        assertThat(back.header("Location")).startsWith(IN_SESSION.uri("guarded").toString());
        follow(back).has(200).hasBody().isEqualTo("guarded for clerk"); // which reads no parameters (JS-15)
        Reply order = browser.get(IN_SESSION.uri("order?item=pen")).has(200).changesNoSessionCookie();
        assertThat(order.value("user")).isEqualTo("clerk");
        assertThat(order.value("container")).isEqualTo("clerk");
        assertThat(order.value("item")).isEqualTo("pen");

        Browser elsewhere = new Browser().sending("Cookie", browser.sessionCookie());
        assertThat(elsewhere.get(IN_SESSION.uri("order")).has(200).value("user"))
                .isEqualTo("clerk");

        Reply out = browser.signOut(IN_SESSION.root());
        assertThat(browser.hasSessionCookie()).isFalse();
        out.has(302);
        if (!Rig.onWildFly()) { // JS-17
            assertThat(out.header("Location")).startsWith(PROVIDER.uri() + "/end");
        }
        Reply again = elsewhere.get(IN_SESSION.uri("order")).has(302);
        assertThat(again.header("Location")).startsWith(PROVIDER.uri() + "/authorize");
    }

    @Test
    void stateNonceAndAddressComeBackToANodeThatKnowsNothing() {
        Reply asked = browser.get(IN_COOKIES.uri("order?item=pen")).has(302).changesNoSessionCookie();
        assertThat(browser.cookie("JSESSIONID")).isEmpty();
        Reply back = follow(follow(asked).has(302)).has(302);
        assertThat(back.header("Location")).endsWith("/order?item=pen");
        assertThat(follow(back).has(200).value("user")).isEqualTo("clerk");
    }

    @Test
    void callbackWithAnotherStateSignsNobodyIn() {
        Reply proven = follow(browser.get(IN_COOKIES.uri("order")).has(302)).has(302);
        String forged = proven.header("Location").replaceFirst("state=[^&]*", "state=forged");
        assertIsRefused(browser.get(URI.create(forged)));
    }

    @Test
    void codeIsGoodOnce() {
        Reply proven = follow(browser.get(IN_COOKIES.uri("order")).has(302)).has(302);
        Browser thief = browser.copy();
        follow(proven).has(302);
        assertIsRefused(thief.get(URI.create(proven.header("Location"))));
    }

    /** Soteria writes no answer, and the server sends an empty one (JS-16): the callback is not reached. */
    private static void assertIsRefused(Reply reply) {
        reply.changesNoSessionCookie();
        assertThat(reply.status()).as(reply.toString()).isIn(200, 401, 403);
        reply.hasBody().doesNotContain("clerk");
        assertThat(reply.headers("Location")).isEmpty();
    }

    private Reply follow(Reply redirect) {
        return browser.get(URI.create(redirect.header("Location")));
    }
}
