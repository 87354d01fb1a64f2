package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.GuardedServlet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All nodes stop at once under load, and a database has what they had. */
@OnWildFlyByDay // which once stopped the member before its last rows were written
class StoppedServersIT extends TwoNodeScenario {

    @RegisterExtension
    static final StoreServer DATABASE = new StoreServer();

    private static final Logger LOG = System.getLogger(StoppedServersIT.class.getName());
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** For how long what was acknowledged may be missing after a kill. */
    private static final Duration UNWRITTEN = Duration.ofSeconds(2);

    private static final int USERS = 6;
    private static final int FEWEST_SESSIONS = 2 * USERS;
    private static final int FEWEST_ENDS = USERS / 2;

    /** With how many sessions, the oldest, a user goes on after a stop. */
    private static final int KEPT = 3;

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
    void gracefulStopLosesNoSessionAndRevivesNone() {
        Browser manager = signedIn(nodes().a(), "manager");
        Browser gone = signedIn(nodes().b(), "customer");
        admin(manager, "revoke-all", "customer").hasBody().isEqualTo("done");
        Browser here = signedIn(nodes().a(), "customer");
        Browser away = signedIn(nodes().b(), "customer");
        Browser ended = signedIn(nodes().a(), "customer");
        Browser thief = ended.copy();
        ended.signOut(nodes().b()).has(204);

        inRounds("it.stopped.graceful-rounds", this::stop, Duration.ZERO);

        manager.getUntil(200, nodes().a().resolve("postern/session"));
        assertThat(admin(manager, "users", "").value("customer")).isEqualTo("2");
        here.getUntil(200, nodes().b().resolve("postern/session"));
        databaseStandsStill(here, away);
        assertThat(here.get(nodes().a().resolve("postern/sessions")).has(200).jsonList())
                .hasSize(2);
        for (Browser copy : List.of(thief, gone)) {
            copy.get(nodes().a().resolve("postern/session")).isUnauthorized();
            copy.get(nodes().b().resolve("postern/session")).isUnauthorized();
        }
        admin(manager, "history", "customer").hasBody().contains("SIGNED_OUT", "REVOKED");
        List.of(here, away, manager)
                .forEach(browser -> browser.signOut(nodes().a()).has(204));
    }

    /** One session is in the grid, and one in the database alone. */
    private void databaseStandsStill(Browser here, Browser away) {
        DATABASE.freeze();
        here.get(nodes().a().resolve("postern/session")).has(200);
        away.get(nodes().b().resolve("postern/session")).has(503).changesNoCookie();
        if (Rig.hasHealth()) {
            Reply ready =
                    new Browser().get(nodes().b().resolve("/health/ready")).has(200);
            assertThat(ready.body()).containsPattern("\"store\": ?\"down\"");
        }
        DATABASE.thaw();
        away.getUntil(200, nodes().a().resolve("postern/session"));
        away.getUntil(200, nodes().b().resolve("postern/session"));
    }

    @Test
    @Tag("P-32")
    @Tag("long") // by day FullStopTest crashes a node, and DurableHistoriesTest simulated ones at any moment
    void killedNodesLoseNoSessionAndReviveNone() {
        inRounds("it.stopped.rounds", round -> nodes().killAll(), UNWRITTEN);
    }

    private void stop(int round) {
        if (round % 2 == 1) {
            nodes().stopAll();
        } else {
            nodes().stopInTurn();
        }
    }

    /** The same users go on from round to round. */
    private void inRounds(String rounds, IntConsumer end, Duration unwritten) {
        List<URI> both = List.of(nodes().a(), nodes().b());
        List<SteadyUser> users = IntStream.range(0, USERS)
                .mapToObj(number ->
                        new SteadyUser(number % 2 == 0 ? "clerk" : "chief", both, number < USERS / 2, 31L + number))
                .toList();
        for (int round = 1; round <= Rig.number(rounds); round++) {
            long began = System.nanoTime();
            List<Thread> threads = users.stream().map(StoppedServersIT::started).toList();
            boolean unused = Poll.untilTrue(PATIENCE, () -> isEnough(users, began));
            users.forEach(SteadyUser::expectEndOfNodes);
            long ending = System.nanoTime();
            end.accept(round);
            long over = System.nanoTime();
            users.forEach(SteadyUser::stop);
            threads.forEach(StoppedServersIT::join);
            nodes().startAll();
            Verdict verdict = new Verdict((unwritten.isZero() ? over : ending) - unwritten.toNanos());
            users.forEach(verdict::judge);
            LOG.log(Level.INFO, "{0}, round {1}: {2}", rounds, round, verdict);
            verdict.requireInnocence();
        }
    }

    /**
     * Whether so much was acknowledged since the round began that the end of the nodes tells something. Half of
     * the users may sign out once more before they end.
     */
    private static boolean isEnough(List<SteadyUser> users, long began) {
        long written = System.nanoTime() - UNWRITTEN.toNanos();
        return users.stream()
                                .flatMap(user -> user.sessionsUntil(written).stream())
                                .filter(session -> session.since() - began >= 0)
                                .count()
                        >= FEWEST_SESSIONS + USERS / 2
                && users.stream().mapToInt(user -> user.signedOut().size()).sum() >= FEWEST_ENDS;
    }

    /** What the nodes, which run again, know of what the users were told. For one thread. */
    private final class Verdict {

        private final long written;
        private final List<String> wrong = new ArrayList<>();
        private int sessions;
        private int lost;
        private int ends;
        private int revived;

        /**
         * Nothing is judged yet.
         *
         * @param written sessions that began until then must be there
         */
        Verdict(long written) {
            this.written = written;
        }

        void judge(SteadyUser user) {
            wrong.addAll(user.wrong());
            List<SteadyUser.Held> living = new ArrayList<>();
            for (SteadyUser.Held held : user.sessions()) {
                boolean isAlive = isAlive(user, held.browser());
                if (isAlive) {
                    living.add(held);
                }
            }
            List<SteadyUser.Held> judged = user.sessionsUntil(written);
            sessions += judged.size();
            lost += (int) judged.stream().filter(held -> !living.contains(held)).count();
            for (Browser thief : user.signedOut()) {
                ends++;
                revived += isAlive(user, thief) ? 1 : 0;
            }
            user.goOnWith(living.subList(0, Math.min(KEPT, living.size())));
        }

        /** Both nodes agree; anything but the user's own page and a refusal is wrong. */
        private boolean isAlive(SteadyUser user, Browser browser) {
            List<Reply> replies = List.of(
                    browser.getUntilAnswered(nodes().a().resolve("guarded")),
                    browser.getUntilAnswered(nodes().b().resolve("guarded")));
            boolean isAlive = replies.get(0).status() == 200;
            for (Reply reply : replies) {
                if (reply.status() != (isAlive ? 200 : 401)
                        || (isAlive && !reply.body().equals("guarded for " + user.name()))) {
                    wrong.add(user.name() + reply);
                }
            }
            return isAlive;
        }

        /** So many sessions and ends that the verdict means something, and nothing against the nodes. */
        void requireInnocence() {
            assertThat(wrong).isEmpty();
            assertThat(lost).as("lost of " + this).isZero();
            assertThat(revived).as("revived of " + this).isZero();
            assertThat(DATABASE.endedAs("REUSED")).as("taken for thieves").isZero();
            assertThat(sessions).as(toString()).isGreaterThanOrEqualTo(FEWEST_SESSIONS);
            assertThat(ends).as(toString()).isGreaterThanOrEqualTo(FEWEST_ENDS);
        }

        @Override
        public String toString() {
            return sessions + " sessions, " + lost + " lost; " + ends + " ends, " + revived + " undone; " + wrong.size()
                    + " wrong answers; " + DATABASE.endedAs("REUSED") + " taken for thieves";
        }
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

    /** What may be done twice. A node that has just started may need a second attempt. */
    private Reply admin(Browser manager, String what, String user) {
        return Poll.untilEnough(
                        PATIENCE,
                        () -> manager.post(
                                nodes().a().resolve("admin"),
                                "application/x-www-form-urlencoded",
                                "do=" + what + "&user=" + user),
                        reply -> reply.status() != 503)
                .has(200);
    }
}
