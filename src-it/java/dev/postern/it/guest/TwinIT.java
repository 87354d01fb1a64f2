package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.testing.FreePorts;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pairs of applications on one server that have something in common: a name, a list of members, a namespace. */
class TwinIT {

    private static final Map<String, String> TWIN = Map.of("postern.cookie.name", "twin-postern");
    private static final Map<String, String> SHARED =
            Map.of("postern.cookie.name", "shared-postern", "postern.cache.namespace", "shared");

    private static final String TWIN_MEMBERS = "127.0.0.1:" + FreePorts.next();
    private static final String SHARED_MEMBERS = "127.0.0.1:" + FreePorts.next();

    @RegisterExtension
    static final Guest A = guest("twin-a", TWIN, TWIN_MEMBERS);

    @RegisterExtension
    static final Guest B = guest("twin-b", TWIN, TWIN_MEMBERS).perhapsRefused();

    @RegisterExtension
    static final Guest C = guest("shared-a", SHARED, SHARED_MEMBERS);

    @RegisterExtension
    static final Guest D = guest("shared-b", SHARED, SHARED_MEMBERS);

    /** All twins have one name for their web modules. */
    private static Guest guest(String name, Map<String, String> given, String members) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put("postern.cache.members", members);
        String descriptor = "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"><module-name>"
                + given.get("postern.cookie.name") + "</module-name></web-app>";
        return Guest.war(
                name,
                war -> war.addClasses(TestApplication.class, Orders.class, GuardedServlet.class)
                        .setWebXML(new StringAsset(descriptor)),
                settings);
    }

    /** Its tokens count nowhere else, though the cookies have one name. */
    @Test
    @Tag("A5")
    void applicationsWithModulesOfOneNameAreKeptApart() {
        Browser browser = new Browser();
        browser.signIn(A.root(), "clerk", "clerk-pw").has(201);
        browser.get(A.uri("guarded")).has(200);

        if (B.isDeployed()) {
            Browser.getWith(B.uri("guarded"), browser.sessionCookie()).isUnauthorized();
            Browser.getWith(B.uri("api/orders"), browser.sessionCookie()).isUnauthorized();
        } else {
            assertThat(B.log()).contains("belongs to another application (application ");
        }
    }

    /** As settings from system properties of the whole JVM have it. */
    @Test
    @Tag("C17")
    void applicationsWithOneListOfMembersBothWork() {
        for (Guest guest : new Guest[] {A, C, D}) {
            Browser browser = new Browser();
            browser.signIn(guest.root(), "clerk", "clerk-pw").has(201);
            browser.get(guest.uri("api/orders")).has(200);
        }
    }

    @Test
    @Tag("A5")
    void applicationsThatNameOneNamespaceAreOne() {
        Browser browser = new Browser();
        browser.signIn(C.root(), "clerk", "clerk-pw").has(201);

        Browser.getWith(D.uri("guarded"), browser.sessionCookie()).has(200);
        Browser.getWith(D.uri("api/orders"), browser.sessionCookie()).has(200);
    }
}
