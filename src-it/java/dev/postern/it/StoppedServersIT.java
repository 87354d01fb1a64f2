package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.GuardedServlet;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All nodes stop at once, and a database has what they had. */
class StoppedServersIT extends TwoNodeScenario {

    @RegisterExtension
    static final StoreServer DATABASE = new StoreServer();

    private static final Duration LOAD = Duration.ofSeconds(8);
    private static final Duration UNWRITTEN = Duration.ofSeconds(2);
    private static final int USERS = 8;

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
        return DATABASE.in(TestWar.of(GuardedServlet.class, AdminServlet.class))
                .setting("postern.session.renew-after", "PT3S")
                .setting("postern.session.grace", "PT1S")
                .setting("postern.session.touch-every", "PT1S")
                .setting("postern.session.max-per-user", "0")
                .setting("postern.sign-in.most-per-user", "0")
                .build(StoppedServersIT.class);
    }

    @Test
    @Tag("P-32")
    @Tag("P-37")
    void sessionsAndTheirEndsOutliveAllNodes() {
        Browser manager = signedIn(nodes().a(), "manager");
        admin(manager, "revoke-all", "clerk"); // of the other test, if that failed
        Browser first = signedIn(nodes().a(), "clerk");
        Browser second = signedIn(nodes().b(), "clerk");
        Browser ended = signedIn(nodes().a(), "clerk");
        Browser thief = ended.copy();
        Browser chief = signedIn(nodes().b(), "chief");
        Browser away = signedIn(nodes().b(), "customer");
        ended.signOut(nodes().b()).has(204);
        admin(manager, "revoke-all", "chief").hasBody().isEqualTo("done");
        int signedIn = sessions(manager);

        nodes().stopAll();
        nodes().startAll();

        assertThat(DATABASE.rows()).isGreaterThan(signedIn);
        manager.getUntil(200, nodes().a().resolve("postern/session"));
        assertThat(sessions(manager)).isEqualTo(signedIn);
        first.getUntil(200, nodes().b().resolve("guarded")).hasBody().isEqualTo("guarded for clerk");
        assertThat(first.get(nodes().a().resolve("postern/sessions")).has(200).jsonList())
                .hasSize(2);
        thief.get(nodes().a().resolve("guarded")).isUnauthorized();
        thief.get(nodes().b().resolve("guarded")).isUnauthorized();
        chief.get(nodes().a().resolve("guarded")).isUnauthorized();
        admin(manager, "history", "clerk").hasBody().contains("SIGNED_OUT");
        admin(manager, "history", "chief").hasBody().contains("REVOKED");
        databaseStandsStill(first, away);
        List.of(first, second, manager, away)
                .forEach(browser -> browser.signOut(nodes().a()).has(204));
    }

    /** One session is in the grid, and one in the database alone. */
    private void databaseStandsStill(Browser here, Browser away) {
        DATABASE.freeze();
        here.get(nodes().a().resolve("guarded")).has(200);
        away.get(nodes().a().resolve("postern/session")).has(503).changesNoCookie();
        away.get(nodes().b().resolve("postern/session")).has(503).changesNoCookie();
        if (Rig.hasHealth()) {
            Reply ready =
                    new Browser().get(nodes().a().resolve("/health/ready")).has(200);
            assertThat(ready.body()).containsPattern("\"store\": ?\"down\"");
        }
        DATABASE.thaw();
        away.getUntil(200, nodes().a().resolve("postern/session"));
        away.getUntil(200, nodes().b().resolve("postern/session"));
    }

    @Test
    @Tag("P-32")
    void killedNodesLoseNoSessionAndReviveNone() {
        for (int round = 0; round < Rig.number("it.stopped.rounds"); round++) {
            List<SteadyUser> users = users(round);
            List<Thread> threads = users.stream().map(StoppedServersIT::started).toList();
            Pause.ofMillis(LOAD.toMillis());

            nodes().killAll();

            long killed = System.nanoTime();
            users.forEach(SteadyUser::stop);
            threads.forEach(StoppedServersIT::join);
            nodes().startAll();
            assertThat(users).allSatisfy(user -> assertThat(user.wrong()).isEmpty());
            check(users, killed - UNWRITTEN.toNanos());
        }
        Browser manager = signedIn(nodes().a(), "manager");
        admin(manager, "revoke-all", "clerk");
        admin(manager, "revoke-all", "chief");
        manager.signOut(nodes().a()).has(204);
    }

    private List<SteadyUser> users(int round) {
        List<URI> both = List.of(nodes().a(), nodes().b());
        return IntStream.range(0, USERS)
                .mapToObj(number -> new SteadyUser(
                        number % 2 == 0 ? "clerk" : "chief", both, number < USERS / 2, 31L * round + number))
                .toList();
    }

    private void check(List<SteadyUser> users, long written) {
        List<Browser> ended = new ArrayList<>();
        int alive = 0;
        for (SteadyUser user : users) {
            ended.addAll(user.signedOut());
            if (user.isSignedInSince(written)) {
                alive++;
                user.browser()
                        .getUntil(200, nodes().a().resolve("guarded"))
                        .hasBody()
                        .isEqualTo("guarded for " + user.name());
                user.browser().getUntil(200, nodes().b().resolve("guarded"));
            }
        }
        assertThat(alive).as("sessions to go on").isPositive();
        assertThat(ended).as("sessions that were ended").isNotEmpty();
        ended.forEach(thief -> {
            thief.get(nodes().a().resolve("guarded")).isUnauthorized();
            thief.get(nodes().b().resolve("guarded")).isUnauthorized();
        });
    }

    private static Thread started(SteadyUser user) {
        Thread thread = new Thread(user, "steady-" + user.name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Browser signedIn(URI node, String user) {
        Browser browser = new Browser();
        browser.signIn(node, user, user + "-pw").has(201);
        return browser;
    }

    private int sessions(Browser manager) {
        return Integer.parseInt(admin(manager, "count", "clerk").value("sessions"));
    }

    private Reply admin(Browser manager, String what, String user) {
        return manager.post(
                        nodes().a().resolve("admin"),
                        "application/x-www-form-urlencoded",
                        "do=" + what + "&user=" + user)
                .has(200);
    }
}
