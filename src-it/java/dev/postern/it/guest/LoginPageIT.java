package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import java.net.URI;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application without a login page of its own, which asks for ours. */
@OnWildFlyByDay
class LoginPageIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String RIGHT = "username=clerk&password=clerk-pw";
    private static final String WRONG = "username=clerk&password=wrong";

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "paged",
            war -> war.addClasses(TestApplication.class, Orders.class, GuardedServlet.class)
                    .addAsResource(new StringAsset("title=Shop \u2013 enter"), "postern-login_fr.properties"),
            Map.of("postern.endpoints.login-page", "true"));

    private static Browser person() {
        return new Browser().sending("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    }

    private static URI page(String more) {
        return GUEST.uri("postern/login" + more);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/orders", "guarded"})
    void browserThatAsksForAGuardedPageIsSentToTheLoginPageAndBack(String path) {
        Browser browser = person();

        Reply sent = browser.get(GUEST.uri(path + "?page=2")).has(303);
        assertThat(GUEST.root().resolve(sent.header("Location"))) // which Jersey makes absolute
                .isEqualTo(page("?return=%2Fpaged%2F" + path.replace("/", "%2F") + "%3Fpage%3D2"));
        sent.isKeptFromCaches();
        browser.get(GUEST.root().resolve(sent.header("Location")))
                .has(200)
                .hasBody()
                .contains("<form method=\"post\"");

        Reply back = browser.post(GUEST.root().resolve(sent.header("Location")), FORM, RIGHT)
                .has(303);
        assertThat(back.header("Location")).isEqualTo("/paged/" + path + "?page=2");
        back.hasSetCookies().hasSize(1);
        browser.get(GUEST.root().resolve(back.header("Location"))).has(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api/orders", "guarded"})
    void scriptsAndOtherClientsGetTheirStatus(String path) {
        new Browser().get(GUEST.uri(path)).isUnauthorized();
        new Browser() // Java's own client
                .sending("Accept", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2")
                .get(GUEST.uri(path))
                .isUnauthorized();
        person().sending("X-Requested-With", "XMLHttpRequest")
                .get(GUEST.uri(path))
                .isUnauthorized();
        person().sending("Sec-Fetch-Mode", "cors")
                .sending("Sec-Fetch-Dest", "empty")
                .get(GUEST.uri(path))
                .isUnauthorized();
        person().sending("Sec-Fetch-Mode", "navigate")
                .sending("Sec-Fetch-Dest", "iframe")
                .get(GUEST.uri(path))
                .isUnauthorized();
        person().sending("Sec-Fetch-Mode", "navigate")
                .sending("Sec-Fetch-Dest", "document")
                .get(GUEST.uri(path))
                .has(303);
    }

    @Test
    void userWithoutTheRoleIsNotSentToTheLoginPage() {
        Browser browser = person();
        browser.signIn(GUEST.root(), "customer", "customer-pw").has(201);

        browser.get(GUEST.uri("api/orders")).has(403);
    }

    @Test
    void wrongPasswordIsSaidOnThePage() {
        Browser browser = person().sending("Accept-Language", "de-AT,en;q=0.5");

        Reply reply = browser.post(page("?return=%2Fpaged%2Fapi%2Forders"), FORM, WRONG)
                .isUnauthorized();

        reply.hasBody()
                .contains("Benutzername oder Passwort ist falsch.")
                .contains("action=\"login?return=%2Fpaged%2Fapi%2Forders\"");
        reply.changesNoCookie();
        assertThat(reply.header("Content-Language")).isEqualTo("de");
        browser.post(page(""), FORM, "username=clerk").has(400).hasBody().contains("F\u00fcllen Sie beide Felder aus");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?return=https%3A%2F%2Fother.example", "?return=%2F%2Fother.example", "?return=%2F%5Cother", ""})
    void nobodyIsLedToAnotherSite(String query) {
        Reply reply = person().post(page(query), FORM, RIGHT).has(303);

        assertThat(reply.header("Location")).isEqualTo("/paged/");
    }

    @Test
    void formOfAnotherSiteSignsNobodyIn() {
        person().sending("Sec-Fetch-Site", "cross-site")
                .post(page(""), FORM, RIGHT)
                .has(403)
                .changesNoCookie();
    }

    @Test
    void pageHasNoScriptAndItsStyleIsAFileOfItsOwn() {
        Reply reply = person().get(page("")).has(200);
        assertThat(reply.header("Content-Type")).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(reply.header("Content-Security-Policy"))
                .contains("default-src 'none'", "style-src 'self'", "frame-ancestors 'none'");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");

        Reply style = new Browser().get(page(".css")).has(200);
        assertThat(style.header("Content-Type")).startsWith("text/css");
        style.hasBody().contains("prefers-color-scheme: dark");
    }

    @Test
    void textsOfTheApplicationComeFirst() {
        person().sending("Accept-Language", "fr")
                .get(page(""))
                .has(200)
                .hasBody()
                .contains("<html lang=\"fr\">", "<h1>Shop \u2013 enter</h1>", ">Password<");
    }

    @Test
    void pageDoesNotExtendTheSession() {
        Browser browser = person();
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        browser.get(page("")).has(200).changesNoCookie();
    }
}
