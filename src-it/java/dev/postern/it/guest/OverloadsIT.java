package dev.postern.it.guest;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.guest.overloads.Drafts;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Resources whose inherited methods must not be mistaken for their overloads, and locators behind proxies (A1). */
@OnWildFlyByDay
@Tag("A1")
class OverloadsIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("overloads", war -> war.addPackage(Drafts.class.getPackage()));

    private final Browser anonymous = new Browser();
    private final Browser clerk = new Browser();
    private final Browser manager = new Browser();

    @Test
    void roleOfTheClassHoldsForAnInheritedMethodBesideAnOpenOverload() {
        signIn();
        create(anonymous, "closed-items").isUnauthorized();
        create(manager, "closed-items").has(403);
        for (String items : new String[] {"items", "guarded-items"}) {
            create(anonymous, items).isUnauthorized();
            create(clerk, items).has(403);
            create(manager, items).has(200);
        }
    }

    @Test
    void roleOfTheClassBehindAProxyHoldsForWhatItsLocatorsLeadTo() {
        signIn();
        anonymous.get(GUEST.uri("api/shelves/proxy/7")).isUnauthorized();
        manager.get(GUEST.uri("api/shelves/proxy/7")).has(403);
        clerk.get(GUEST.uri("api/shelves/proxy/7")).has(200);
    }

    private void signIn() {
        clerk.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        manager.signIn(GUEST.root(), "manager", "manager-pw").has(201);
    }

    private static Reply create(Browser browser, String items) {
        return browser.post(GUEST.uri("api/" + items), "text/plain", "x");
    }
}
