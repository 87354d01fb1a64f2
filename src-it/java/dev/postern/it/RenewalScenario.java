package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The frame of the tests of renewal: an application whose tokens are due after seconds. Its sessions are remembered, so that none
 * is idle for too long on a busy machine.
 */
abstract class RenewalScenario extends TwoNodeScenario {

    static final Duration IDLE = Duration.ofSeconds(8);
    static final Duration RENEW_AFTER = Duration.ofSeconds(3);
    static final Duration GRACE = Duration.ofSeconds(2);
    static final Duration OFFER_STANDS = GRACE.plusSeconds(1);

    /** How many sessions begin together, so that one wait is enough until all are due. */
    private static final int TOGETHER = 6;

    private static final Queue<Begun> BEGUN = new ArrayDeque<>();

    Browser browser = new Browser();
    private Stopwatch sinceSignIn = Stopwatch.started();

    private record Begun(Browser browser, JsonObject session, Stopwatch since) {}

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
        return TestWar.ofRenewal()
                .setting("postern.session.idle-timeout", IDLE.toString())
                .setting("postern.session.renew-after", RENEW_AFTER.toString())
                .setting("postern.session.grace", GRACE.toString())
                .setting("postern.session.touch-every", "PT0S")
                .setting("postern.passive.paths", "/who")
                .setting("postern.bearer.enabled", "true")
                .setting("postern.remember.enabled", "true")
                .build(RenewalScenario.class);
    }

    /** Signs the clerk in, to be remembered. */
    static Reply signIn(Browser browser, URI node) {
        return browser.post(
                        node.resolve("postern/session"),
                        "application/x-www-form-urlencoded",
                        "username=clerk&password=clerk-pw&remember=true")
                .has(201);
    }

    final JsonObject signIn() {
        Reply reply = signIn(browser, nodes().a()).isKeptFromCaches();
        reply.hasSetCookies().singleElement().asString().contains("; Max-Age=");
        sinceSignIn = Stopwatch.started();
        return reply.json();
    }

    /** Gives the browser a session that began on the first node, a while ago perhaps. */
    final JsonObject agedSession() {
        if (BEGUN.isEmpty()) {
            for (int i = 0; i < TOGETHER; i++) {
                browser = new Browser();
                BEGUN.add(new Begun(browser, signIn(), Stopwatch.started()));
            }
        }
        Begun begun = BEGUN.remove();
        browser = begun.browser();
        sinceSignIn = begun.since();
        return begun.session();
    }

    final void awaitDue() {
        sinceSignIn.reaches(RENEW_AFTER);
    }

    /** Waits until the token of the sign-in is due, and fetches with it: the browser has the successor then. */
    final Reply renew(Browser due, String path) {
        awaitDue();
        Reply reply = due.get(nodes().a().resolve(path)).has(200).isKeptFromCaches();
        reply.hasSetCookies()
                .singleElement()
                .asString()
                .startsWith("__Host-postern=")
                .contains("; Max-Age=");
        return reply;
    }

    final void isSignedOutBy(Browser any) {
        any.signOut(nodes().b())
                .has(204)
                .isKeptFromCaches()
                .hasSetCookies()
                .singleElement()
                .asString()
                .contains("Max-Age=0");
    }

    /** By requests that neither extend nor renew the session. */
    final void isKnownEverywhere(Browser known) {
        known.get(nodes().a().resolve("postern/session")).has(200).changesNoCookie();
        known.get(nodes().b().resolve("postern/session")).has(200).changesNoCookie();
    }

    final void isRefusedEverywhere(Browser unknown) {
        unknown.get(nodes().a().resolve("guarded")).isUnauthorized().changesNoCookie();
        unknown.get(nodes().b().resolve("guarded")).isUnauthorized().changesNoCookie();
    }
}
