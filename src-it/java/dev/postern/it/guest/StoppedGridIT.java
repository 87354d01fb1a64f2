package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Rig;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.guest.stopped.StopServlet;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member inside the application. Payara 6 imposes classes on it that have known flaws. */
@OnPayaraByDay
class StoppedGridIT {

    @RegisterExtension
    static final Guest EMBEDDED = Guest.war(
                    "embedded",
                    war -> war.addClasses(TestApplication.class, Orders.class, GuardedServlet.class, StopServlet.class),
                    Map.of("postern.cache.hazelcast", "embedded", "postern.cache.copies", "none"))
            .perhapsRefused();

    @Test
    @Tag("B5")
    void memberThatStoppedIsStartedAgainAndNobodyIsAnonymousMeanwhile() {
        if (Rig.hasGrid() && !Rig.isPayara7()) {
            assertThat(EMBEDDED.isDeployed()).isFalse();
            assertThat(EMBEDDED.log()).contains("Hazelcast 5.3.8 has known flaws", "CVE-2026-107726");
            return;
        }
        Browser browser = new Browser();
        browser.signIn(EMBEDDED.root(), "clerk", "clerk-pw").has(201);
        browser.get(EMBEDDED.uri("guarded")).has(200);

        new Browser().get(EMBEDDED.uri("stop")).has(204);

        browser.get(EMBEDDED.uri("guarded")).has(503).changesNoCookie();
        new Browser().signIn(EMBEDDED.root(), "clerk", "clerk-pw").has(201); // which asks again after 503
        assertThat(EMBEDDED.log())
                .contains("Hazelcast has stopped inside this node")
                .contains("Hazelcast is back.");
        browser.get(EMBEDDED.uri("guarded")).isUnauthorized(); // the member was alone
    }
}
