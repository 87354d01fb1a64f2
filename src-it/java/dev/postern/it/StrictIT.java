package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** An application that stands in the pages of other sites, and has everything switched on that keeps them and others out. */
class StrictIT extends TwoNodeScenario implements CsrfTokens, Isolation, TwoCredentials {

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
        return TestWar.ofEverything()
                .setting("postern.cookie.same-site", "none")
                .setting("postern.cookie.partitioned", "true")
                .setting("postern.cross-site.token", "required")
                .setting("postern.cross-site.isolation", "true")
                .setting("postern.cross-site.trusted-origins", Isolation.TRUSTED)
                .setting("postern.bearer.enabled", "true")
                .build();
    }

    @Override
    public Browser browser() {
        return browser;
    }
}
