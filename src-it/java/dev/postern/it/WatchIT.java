package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The application that watches itself: it listens to endings, keeps sockets, shows what an operator sees, and looks its users up
 * anew. Its sessions last for seconds, and failed sign-ins make nobody wait.
 */
@OnPayaraByDay
class WatchIT extends TwoNodeScenario implements OpenConnections, OperatorsView, ReloadedUsers, FailedSignIns {

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
        return TestWar.ofWatch()
                .setting("postern.session.idle-timeout", IDLE.toString())
                .setting("postern.session.renew-after", RENEW_AFTER.toString())
                .setting("postern.session.grace", GRACE.toString())
                .setting("postern.session.touch-every", "PT0S")
                .setting("postern.sign-in.throttle", "false")
                .build(WatchIT.class);
    }

    @Override
    public Browser browser() {
        return browser;
    }
}
