package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Rig;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.testing.FreePorts;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications on one server that have something in common: a list of members, a namespace, the name of a cookie. */
@OnPayaraByDay
class TwinIT {

    /** One member of the list is three places. */
    private static final String MEMBERS = "127.0.0.1:" + FreePorts.inARow(3);

    /** Another place, because the three of the list are taken. */
    private static final String MORE_MEMBERS = MEMBERS + ",127.0.0.1:" + FreePorts.inARow(3);

    @RegisterExtension
    @Order(1)
    static final Guest FIRST = guest("first", MEMBERS, Map.of("postern.cache.namespace", "claimed"));

    @RegisterExtension
    @Order(2)
    static final Guest SECOND = guest("second", MEMBERS, Map.of("postern.cache.namespace", "claimed"));

    @RegisterExtension
    @Order(3)
    static final Guest OTHER = guest("other", MEMBERS, Map.of());

    /** Has the namespace of the first two by its name. */
    @RegisterExtension
    @Order(4)
    static final Guest CLAIMED = guest("claimed", MORE_MEMBERS, Map.of()).perhapsRefused();

    /** Names the namespace that another one has by its name. */
    @RegisterExtension
    @Order(5)
    static final Guest TAKER = guest("taker", MORE_MEMBERS, Map.of("postern.cache.namespace", "other"))
            .perhapsRefused();

    @RegisterExtension
    static final Guest NESTED = at("nested", "/row/one");

    @RegisterExtension
    static final Guest FLAT = at("flat", "/row-one");

    private static Guest at(String name, String contextPath) {
        String root = "<context-root>" + contextPath + "</context-root>";
        return Guest.war(
                name,
                war -> war.addClasses(TestApplication.class, Orders.class, GuardedServlet.class)
                        .addAsWebInfResource(new StringAsset("<jboss-web>" + root + "</jboss-web>"), "jboss-web.xml")
                        .addAsWebInfResource(
                                new StringAsset("<glassfish-web-app>" + root + "</glassfish-web-app>"),
                                "glassfish-web.xml"));
    }

    private static Guest guest(String name, String members, Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put("postern.cache.members", members);
        settings.put("postern.cookie.name", "twin-postern");
        return Guest.war(
                name, war -> war.addClasses(TestApplication.class, Orders.class, GuardedServlet.class), settings);
    }

    /** As settings from system properties of the whole JVM have it. */
    @Test
    @Tag("C17")
    void applicationsWithOneListOfMembersBothWork() {
        for (Guest guest : new Guest[] {FIRST, OTHER}) {
            Browser browser = new Browser();
            browser.signIn(guest.root(), "clerk", "clerk-pw").has(201);
            browser.get(guest.uri("api/orders")).has(200);
        }
    }

    @Test
    @Tag("A5")
    void tokenOfAnotherNamespaceOpensNothing() {
        Browser browser = new Browser();
        browser.signIn(FIRST.root(), "clerk", "clerk-pw").has(201);

        Browser.getWith(OTHER.uri("guarded"), browser.sessionCookie()).isUnauthorized();
        Browser.getWith(OTHER.uri("api/orders"), browser.sessionCookie()).isUnauthorized();
    }

    @Test
    @Tag("A5")
    void applicationsThatNameOneNamespaceAreOne() {
        Browser browser = new Browser();
        browser.signIn(FIRST.root(), "clerk", "clerk-pw").has(201);

        Browser.getWith(SECOND.uri("guarded"), browser.sessionCookie()).has(200);
        Browser.getWith(SECOND.uri("api/orders"), browser.sessionCookie()).has(200);
    }

    @Test
    @Tag("A5")
    void applicationWhoseNamespaceBelongsToOthersIsNotDeployed() {
        assertThat(CLAIMED.isDeployed()).as(CLAIMED.log()).isFalse();
        assertThat(CLAIMED.log()).contains("The namespace claimed of this grid belongs to another application");
        if (!Rig.hasGrid()) { // where it had a member of its own
            assertThat(CLAIMED.log()).contains("is SHUTDOWN");
        }
    }

    @Test
    @Tag("A5")
    void applicationThatNamesTheNamespaceOfAnotherIsNotDeployed() {
        assertThat(TAKER.isDeployed()).as(TAKER.log()).isFalse();
        assertThat(TAKER.log()).contains("The namespace other of this grid belongs to another application");
        Browser browser = new Browser();
        browser.signIn(OTHER.root(), "clerk", "clerk-pw").has(201);
        browser.get(OTHER.uri("api/orders")).has(200);
    }

    /** Their cookies have one path, that of the host. */
    @Test
    @Tag("A2")
    void applicationsWithPathsOfOneLookHaveACookieEach() {
        URI nested = NESTED.at("row/one/");
        URI flat = FLAT.at("row-one/");
        Browser browser = new Browser();

        browser.signIn(nested, "clerk", "clerk-pw").has(201);
        browser.signIn(flat, "clerk", "clerk-pw").has(201);

        browser.get(nested.resolve("api/orders")).has(200);
        browser.get(flat.resolve("api/orders")).has(200);
        assertThat(browser.cookie("__Host-postern-row%2Fone")).isPresent();
        assertThat(browser.cookie("__Host-postern-row-one")).isPresent();
    }
}
