package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * An application that stands in the pages of other sites, and has everything switched on that keeps them and others out. Its
 * sessions are sealed, and its operators are half-way through changing the key: one node has the next one in front, the other one not yet.
 */
@OnPayaraByDay
class StrictIT extends TwoNodeScenario implements CsrfTokenChecks, Isolation, TwoCredentials, ChangingKeys {

    private static final String FORMER = "Q1hVRm1mNWt2c3dYb2dJQ0tQb0p2ZzZ0UnFhWmJMc2M=";
    private static final String NEXT = "bHBXc2R3VWtUa1VOQ0hSb3BvT2t2dWZ5Z1F2d0JpSHg=";
    private static final String INDEX = "c0dBbGtVV3ZydnBNTk1Ra2F6eG5lTWJ3ZkVqVlFhY3k=";

    private final Browser browser = new Browser();

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return war("1:" + FORMER + ",2:" + NEXT);
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return war("2:" + NEXT + ",1:" + FORMER);
    }

    private static WebArchive war(String keys) {
        return TestWar.ofEverything()
                .setting("postern.cookie.same-site", "none")
                .setting("postern.cookie.partitioned", "true")
                .setting("postern.cross-site.token", "required")
                .setting("postern.cross-site.isolation", "true")
                .setting("postern.cross-site.trusted-origins", Isolation.TRUSTED)
                .setting("postern.bearer.enabled", "true")
                .setting("postern.remember.enabled", "true")
                .setting("postern.keys", keys)
                .setting("postern.keys.index", INDEX)
                .build(StrictIT.class);
    }

    @Override
    public Browser browser() {
        return browser;
    }
}
