package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.guest.ways.OpenIdCallbackServlet;
import dev.postern.it.guest.ways.OpenIdWay;
import dev.postern.it.guest.ways.OrderServlet;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application whose users sign in at a Keycloak. */
@Tag("long")
@Tag("S-18")
class KeycloakIT extends TwoNodeScenario {

    private static final long RENEW_MILLIS = 3000;

    @RegisterExtension
    static final Keycloak KEYCLOAK = new Keycloak();

    private final Browser browser = new Browser();

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return war();
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return war();
    }

    private static WebArchive war() {
        return TestWar.of(OpenIdWay.class, OrderServlet.class, OpenIdCallbackServlet.class)
                .setting("way.uri", KEYCLOAK.realm())
                .setting("way.in-session", "false")
                .setting("way.leading-back", "false")
                .setting("postern.session.renew-after", "PT3S")
                .setting("postern.session.grace", "PT2S")
                .setting("postern.back-channel-logout.issuer", KEYCLOAK.realm())
                .setting("postern.back-channel-logout.audience", Keycloak.CLIENT)
                .setting("postern.back-channel-logout.keys", KEYCLOAK.realm() + "/protocol/openid-connect/certs")
                .build(KeycloakIT.class);
    }

    @Test
    void sessionIsOursFromTheProofOn() {
        signIn(browser);
        Browser elsewhere = new Browser();
        signIn(elsewhere);

        List<JsonObject> listed =
                browser.get(nodes().b().resolve("postern/sessions")).has(200).jsonList();
        assertThat(listed)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(session -> assertThat(session.getString("user")).isEqualTo(Keycloak.USER));

        String before = browser.sessionCookie();
        Pause.ofMillis(RENEW_MILLIS + 500);
        assertIsSignedIn(browser, nodes().b());
        assertThat(browser.sessionCookie()).isNotEqualTo(before);

        browser.delete(nodes().b().resolve("postern/sessions?others")).has(204);
        assertIsSignedOut(elsewhere, nodes().a());
        assertIsSignedIn(browser, nodes().a());
    }

    @Test
    void logoutAtKeycloakEndsTheSessionOnAllNodes() {
        signIn(browser);
        assertIsSignedIn(browser, nodes().b());

        KEYCLOAK.logOut();

        assertThat(Poll.untilTrue(
                        Duration.ofSeconds(10),
                        () -> browser.get(nodes().b().resolve("order")).status() == 302))
                .isTrue();
        assertIsSignedOut(browser, nodes().a());
        assertIsSignedOut(browser, nodes().b());
        signIn(browser);
        assertIsSignedIn(browser, nodes().b());
    }

    private void signIn(Browser who) {
        Reply asked = who.get(nodes().a().resolve("order?item=pen")).has(302);
        Reply proven = KEYCLOAK.signIn(who, asked);
        Reply back = who.get(URI.create(proven.header("Location"))).has(302);
        Reply order = who.get(URI.create(back.header("Location"))).has(200);
        assertThat(order.value("user")).isEqualTo(Keycloak.USER);
        assertThat(order.value("item")).isEqualTo("pen");
    }

    private static void assertIsSignedIn(Browser who, URI node) {
        assertThat(who.get(node.resolve("order")).has(200).value("user")).isEqualTo(Keycloak.USER);
    }

    private static void assertIsSignedOut(Browser who, URI node) {
        assertThat(who.get(node.resolve("order")).has(302).header("Location")).startsWith(KEYCLOAK.realm());
    }
}
