package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.guest.SmallProvider;
import dev.postern.it.guest.ways.OpenIdCallbackServlet;
import dev.postern.it.guest.ways.OpenIdWay;
import dev.postern.it.guest.ways.OrderServlet;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An identity provider, and a balancer that sends each request to any node. */
@OnWildFlyByDay
class ProviderIT extends TwoNodeScenario {

    @RegisterExtension
    static final SmallProvider PROVIDER = new SmallProvider();

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
                .setting("way.uri", PROVIDER.uri().toString())
                .setting("way.in-session", "false")
                .setting("way.leading-back", "false")
                .setting("postern.back-channel-logout.issuer", PROVIDER.uri().toString())
                .setting("postern.back-channel-logout.audience", "shop")
                .setting("postern.back-channel-logout.keys", PROVIDER.uri() + "/keys")
                .build(ProviderIT.class);
    }

    @Test
    void stateNonceAndAddressSurviveAChangeOfNodes() {
        Reply asked = browser.get(nodes().a().resolve("order?item=pen")).has(302);
        URI callback = location(browser.get(location(asked)).has(302));

        Reply back = browser.get(onTheOther(callback)).has(302);

        assertThat(back.header("Location")).endsWith("/order?item=pen");
        Reply order = browser.get(nodes().b().resolve("order?item=pen")).has(200);
        assertThat(order.value("user")).isEqualTo("clerk");
        assertThat(order.value("item")).isEqualTo("pen");
        browser.get(nodes().a().resolve("order")).has(200);
    }

    @Test
    @Tag("S-18")
    void providerEndsOnOneNodeWhatBeganOnTheOther() {
        signIn();
        browser.get(nodes().b().resolve("order")).has(200);
        browser.get(nodes().a().resolve("order")).has(200);

        logOut(nodes().b()).has(200);

        browser.get(nodes().a().resolve("order")).has(302).changesNoSessionCookie();
        browser.get(nodes().b().resolve("order")).has(302).changesNoSessionCookie();
    }

    @Test
    void tokenIsGoodOnceForAllNodes() {
        signIn();
        String token = PROVIDER.signed(PROVIDER.logout(PROVIDER.lastSession()));
        post(nodes().a(), token).has(200);

        post(nodes().b(), token).has(400).hasBody().contains("replayed");
    }

    private void signIn() {
        URI callback = location(
                browser.get(location(browser.get(nodes().a().resolve("order")).has(302)))
                        .has(302));
        browser.get(location(browser.get(callback).has(302))).has(200);
    }

    private static Reply logOut(URI node) {
        return post(node, PROVIDER.signed(PROVIDER.logout(PROVIDER.lastSession())));
    }

    private static Reply post(URI node, String token) {
        return new Browser()
                .post(
                        node.resolve("postern/backchannel-logout"),
                        "application/x-www-form-urlencoded",
                        "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
    }

    /** The same address, as if a balancer sent it to the other node. */
    private URI onTheOther(URI address) {
        return URI.create(
                address.toString().replace(nodes().a().toString(), nodes().b().toString()));
    }

    private static URI location(Reply redirect) {
        return URI.create(redirect.header("Location"));
    }
}
