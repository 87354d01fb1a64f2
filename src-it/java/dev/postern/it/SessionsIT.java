package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.Users;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users see and end their sessions on all nodes, and administrators those of others. */
@OnPayaraByDay
class SessionsIT extends TwoNodeScenario {

    private static final String FORM = "application/x-www-form-urlencoded";

    @Deployment(name = NODE_A, managed = false, testable = false)
    @TargetsContainer(NODE_A)
    static WebArchive onA() {
        return war().build(SessionsIT.class);
    }

    @Deployment(name = NODE_B, managed = false, testable = false)
    @TargetsContainer(NODE_B)
    static WebArchive onB() {
        return war().build(SessionsIT.class);
    }

    private static TestWar war() {
        return TestWar.ofEverything(AdminServlet.class)
                .setting("postern.session.max-per-user", "4")
                .setting("postern.session.at-limit", "refuse");
    }

    /** Every user begins each test without a session; the administrator who sees to that is the last to go. */
    @BeforeEach
    void nobodyIsSignedIn() {
        Browser admin = signedIn(nodes().a(), "chief");
        Users.names().stream()
                .sorted(Comparator.comparing("chief"::equals))
                .forEach(user -> admin(admin, "do=revoke-all&user=" + user));
    }

    /** The roles that the container has confirmed are remembered for that object, and for no other. */
    @Test
    void containerHasThePrincipalThatItWasToldForAsLongAsACopyLasts() {
        Browser clerk = signedIn(nodes().a(), "clerk");

        assertThat(principal(clerk)).startsWith("SessionPrincipal@");
        await("two requests by one copy")
                .atMost(Duration.ofSeconds(30))
                .until(() -> principal(clerk).equals(principal(clerk)));
    }

    private String principal(Browser browser) {
        return browser.get(nodes().a().resolve("who")).has(200).value("principal");
    }

    @Test
    @Tag("S-16")
    @Tag("P-36")
    void listShowsTheSessionsOfTheCallerFromEitherNode() {
        Browser first = signedIn(nodes().a(), "clerk");
        Browser second = signedIn(nodes().b(), "clerk");
        signedIn(nodes().a(), "customer");

        Reply reply = second.get(sessions(nodes().a())).has(200).changesNoCookie();

        reply.isKeptFromCaches();
        assertThat(reply.jsonList()).extracting(SessionsIT::handle).containsExactly(handle(second), handle(first));
        assertThat(reply.jsonList())
                .extracting(session -> session.getBoolean("current"))
                .containsExactly(true, false);
        JsonObject shown = reply.jsonList().get(1);
        assertThat(shown.getString("user")).isEqualTo("clerk");
        assertThat(shown.keySet())
                .containsExactlyInAnyOrder(
                        "handle",
                        "user",
                        "roles",
                        "createdAt",
                        "authenticatedAt",
                        "amr",
                        "insertedAt",
                        "lastSeenAt",
                        "expiresAt",
                        "current",
                        "metadata");
        assertThat(shown.getJsonObject("metadata").keySet()).contains("address", "userAgent");
        reply.hasBody().doesNotContain(first.sessionCookie().split("=", 2)[1]);
    }

    @Test
    @Tag("S-16")
    @Tag("V-12")
    void endingOneOnOneNodeIsOutOnTheOtherAndLeavesTheRest() {
        Browser mine = signedIn(nodes().a(), "clerk");
        Browser lost = signedIn(nodes().b(), "clerk");

        mine.delete(session(nodes().a(), handle(lost))).has(204).changesNoCookie();

        lost.get(guarded(nodes().b())).isUnauthorized().changesNoCookie();
        lost.get(guarded(nodes().a())).isUnauthorized();
        mine.get(guarded(nodes().b())).has(200);
        mine.delete(session(nodes().a(), handle(lost))).has(404);
    }

    @Test
    @Tag("S-16")
    void aHandleOfSomebodyElseIsAnsweredAsOneThatNobodyHas() {
        Browser mine = signedIn(nodes().a(), "clerk");
        Browser others = signedIn(nodes().b(), "customer");

        Reply foreign = mine.delete(session(nodes().a(), handle(others))).has(404);
        Reply unknown =
                mine.delete(session(nodes().a(), "AAAAAAAAAAAAAAAAAAAAAA")).has(404);
        Reply nonsense = mine.delete(session(nodes().a(), "x%2e")).has(404);

        foreign.hasBody().isEqualTo(unknown.body()).isEqualTo(nonsense.body());
        others.get(nodes().a().resolve("who")).has(200).hasBody().contains("user=customer");
    }

    @Test
    @Tag("S-10")
    void endingTheCurrentOneIsSigningOut() {
        Browser browser = signedIn(nodes().a(), "clerk");
        Browser thief = browser.copy();

        browser.delete(session(nodes().b(), handle(browser)))
                .has(204)
                .hasSetCookies()
                .singleElement()
                .asString()
                .contains("Max-Age=0");

        thief.get(guarded(nodes().a())).isUnauthorized();
    }

    @Test
    @Tag("S-12")
    void endingTheOthersKeepsTheOneThatAsks() {
        Browser mine = signedIn(nodes().a(), "clerk");
        Browser first = signedIn(nodes().a(), "clerk");
        Browser second = signedIn(nodes().b(), "clerk");

        mine.delete(URI.create(sessions(nodes().b()) + "?others")).has(204).changesNoCookie();

        first.get(guarded(nodes().b())).isUnauthorized();
        second.get(guarded(nodes().a())).isUnauthorized();
        mine.get(guarded(nodes().a())).has(200);
        assertThat(mine.get(sessions(nodes().b())).has(200).jsonList()).hasSize(1);
    }

    @Test
    void whatIsNoRequestForSessionsIsRefused() {
        Browser browser = signedIn(nodes().a(), "clerk");

        browser.delete(sessions(nodes().a())).has(400);
        browser.get(session(nodes().a(), handle(browser))).has(404);
        assertThat(browser.post(sessions(nodes().a()), FORM, "a=b").has(405).headers("Allow"))
                .containsExactly("GET, HEAD, DELETE, OPTIONS");
        new Browser().get(sessions(nodes().a())).isUnauthorized().changesNoCookie();
        new Browser().delete(URI.create(sessions(nodes().a()) + "?others")).isUnauthorized();
    }

    @Test
    @Tag("S-11")
    @Tag("S-14")
    @Tag("P-89")
    void administratorsListAndEndTheSessionsOfOthers() {
        Browser one = signedIn(nodes().a(), "clerk");
        Browser two = signedIn(nodes().b(), "clerk");
        Browser admin = signedIn(nodes().b(), "chief");

        assertThat(admin(admin, "do=list&user=clerk")).isEqualTo(handle(two) + " false\n" + handle(one) + " false");
        assertThat(admin(admin, "do=count")).isEqualTo("users=2\nsessions=3");
        assertThat(admin(admin, "do=users").lines()).containsExactlyInAnyOrder("clerk=2", "chief=1");
        assertThat(admin(admin, "do=revoke&user=clerk&handle=" + handle(one))).isEqualTo("revoked=true");
        one.get(guarded(nodes().a())).isUnauthorized();
        two.get(guarded(nodes().a())).has(200);
        admin(admin, "do=revoke-all&user=clerk");
        two.get(guarded(nodes().b())).isUnauthorized();
        signedIn(nodes().a(), "clerk").get(guarded(nodes().b())).has(200);
    }

    @Test
    @Tag("S-11")
    @Tag("P-108")
    void anEventOfTheApplicationSignsAUserOutEverywhereOrSparesOneSession() {
        Browser one = signedIn(nodes().a(), "clerk");
        Browser two = signedIn(nodes().b(), "clerk");
        Browser admin = signedIn(nodes().b(), "chief");

        admin(admin, "do=sign-out-everywhere&user=clerk&handle=" + handle(one));
        one.get(guarded(nodes().b())).has(200);
        two.get(guarded(nodes().a())).isUnauthorized();
        admin(admin, "do=sign-out-everywhere&user=clerk");
        one.get(guarded(nodes().b())).isUnauthorized();
    }

    @Test
    @Tag("S-02")
    void aSignInBeyondTheLimitIsRefusedWith409() {
        List<Browser> in = List.of(
                signedIn(nodes().a(), "clerk"),
                signedIn(nodes().b(), "clerk"),
                signedIn(nodes().a(), "clerk"),
                signedIn(nodes().b(), "clerk"));

        new Browser().signIn(nodes().a(), "clerk", "clerk-pw").has(409).changesNoCookie();

        in.forEach(browser -> browser.get(guarded(nodes().a())).has(200));
        in.get(0).signIn(nodes().b(), "clerk", "clerk-pw").has(201);
        in.get(1).signOut(nodes().b()).has(204);
        signedIn(nodes().a(), "clerk").get(guarded(nodes().b())).has(200);
    }

    private static Browser signedIn(URI node, String user) {
        Browser browser = new Browser();
        browser.signIn(node, user, user + "-pw").has(201);
        return browser;
    }

    private String handle(Browser browser) {
        return browser.get(nodes().a().resolve("who")).has(200).value("fingerprint");
    }

    private static String handle(JsonObject session) {
        return session.getString("handle");
    }

    private String admin(Browser admin, String form) {
        return admin.post(nodes().b().resolve("admin"), FORM, form).has(200).body();
    }

    private static URI sessions(URI node) {
        return node.resolve("postern/sessions");
    }

    private static URI session(URI node, String handle) {
        return node.resolve("postern/sessions/" + handle);
    }

    private static URI guarded(URI node) {
        return node.resolve("guarded");
    }
}
