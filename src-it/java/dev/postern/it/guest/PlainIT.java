package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The application of the README, below a context path, beside others on one server. */
class PlainIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("plain", war -> war.addClasses(TestApplication.class, Orders.class));

    @Test
    void signsInAndCallsAResource() {
        Browser browser = new Browser();
        browser.get(GUEST.uri("api/orders")).isUnauthorized();

        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);

        browser.get(GUEST.uri("api/orders")).has(200);
        assertThat(browser.sessionCookie()).startsWith("__Host-postern-plain=");
    }
}
