package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application that has everything, with the settings and the libraries as they come. */
class EverythingIT extends TwoNodeScenario
        implements SigningIn,
                EditedMetadata,
                SteppingUp,
                OtherSites,
                StandardCalls,
                ManyCallers,
                BadCookies,
                Failover,
                FailingClosed {

    private final Browser browser = new Browser();

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return TestWar.ofEverything().asUsersHaveIt().build(EverythingIT.class);
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return TestWar.ofEverything().asUsersHaveIt().build(EverythingIT.class);
    }

    @Override
    public Browser browser() {
        return browser;
    }
}
