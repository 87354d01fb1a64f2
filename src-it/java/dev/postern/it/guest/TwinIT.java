package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.testing.FreePorts;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Applications on one server that have something in common: a list of members, a namespace, the name of a cookie. */
class TwinIT {

    private static final String MEMBERS = "127.0.0.1:" + FreePorts.next();

    /** Another place, because the three of the list are taken. */
    private static final String MORE_MEMBERS = MEMBERS + ",127.0.0.1:" + FreePorts.next();

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
    }
}
