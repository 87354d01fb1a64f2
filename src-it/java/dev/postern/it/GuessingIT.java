package dev.postern.it;

import static dev.postern.it.Rig.NODE_A;
import static dev.postern.it.Rig.NODE_B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.app.StandardServlet;
import dev.postern.it.guess.SlowUsers;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.TargetsContainer;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody guesses passwords, with the settings as they come. All tests come from one address, of which 100 failures are free; together
 * they need fewer.
 */
@OnPayaraByDay
class GuessingIT extends TwoNodeScenario {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final int FREE = 5;
    private static final int NAMES = 15;

    /** The step at which failures are answered, less what two clocks may differ by. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(120);

    /** A slow machine lets a wait pass between two guesses; each wait is twice as long as the one before. */
    private static final int MOST_GUESSES = 8;

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
        return TestWar.of(StandardServlet.class, SlowUsers.class, Pause.class).build(GuessingIT.class);
    }

    @Test
    @Tag("S-22")
    void failuresOnOneNodeMakeTheUserWaitOnTheOther() {
        guessFreely(() -> guess(nodes().a(), "clerk"));
        isRefused(guessUntilRefused(() -> guess(nodes().b(), "clerk")));

        new Browser().signIn(nodes().b(), "customer", "customer-pw").has(201);

        Reply right = browser.signIn(nodes().b(), "clerk", "clerk-pw");
        for (int waits = 0; waits < 3 && right.status() == 429; waits++) {
            Pause.ofMillis(1000L * seconds(right));
            right = browser.signIn(nodes().b(), "clerk", "clerk-pw");
        }
        right.has(201);
        guess(nodes().a(), "clerk").isUnauthorized();
    }

    @Test
    @Tag("S-37")
    void nameOfNobodyWaitsAsWell() {
        guessFreely(() -> guess(nodes().a(), "nobody"));
        isRefused(guessUntilRefused(() -> guess(nodes().b(), "nobody")));
    }

    @Test
    @Tag("S-22")
    void callsOfTheStandardAreUnderTheSameRule() {
        Supplier<Reply> guess = () -> browser.post(nodes().a().resolve("standard"), FORM, "do=manager&password=guess");
        for (int tries = 0; tries < FREE; tries++) {
            guess.get().has(200).changesNoCookie();
        }

        Reply refused = guessUntilRefused(guess).has(429).changesNoCookie();
        assertThat(seconds(refused)).as(refused.toString()).isPositive();
    }

    /**
     * Without waiting for one another, the answers would be 50 ms apart each time. A busy machine keeps back single
     * ones.
     */
    @Test
    @Tag("S-37")
    @Tag("G20")
    void timeDoesNotTellWhoIsAUser() {
        Duration closest = Duration.ofDays(1);
        for (int name = 0; name < NAMES; name++) {
            Duration user = time("slow-" + name);
            Duration other = time("quick-" + name);
            assertThat(List.of(user, other)).allMatch(time -> time.compareTo(SHORTEST_WAIT) >= 0);
            Duration apart = user.minus(other).abs();
            closest = apart.compareTo(closest) < 0 ? apart : closest;
        }
        assertThat(closest).isLessThan(Duration.ofMillis(25));
    }

    private Duration time(String name) {
        Timed timed = Timed.of(() -> guess(nodes().a(), name));
        timed.reply().isUnauthorized();
        return timed.took();
    }

    private static Reply guess(URI node, String name) {
        return new Browser().signIn(node, name, "guess");
    }

    private static void guessFreely(Supplier<Reply> guess) {
        for (int tries = 0; tries < FREE; tries++) {
            guess.get().isUnauthorized().changesNoCookie();
        }
    }

    private static Reply guessUntilRefused(Supplier<Reply> guess) {
        Reply reply = guess.get();
        for (int tries = 1; tries < MOST_GUESSES && reply.status() != 429; tries++) {
            reply.isUnauthorized();
            reply = guess.get();
        }
        return reply;
    }

    private static void isRefused(Reply reply) {
        reply.has(429).changesNoCookie();
        assertThat(reply.headers("WWW-Authenticate")).as(reply.toString()).isEmpty();
        assertThat(reply.header("Content-Type")).as(reply.toString()).startsWith("application/problem+json");
        assertThat(reply.json().getInt("status")).isEqualTo(429);
        assertThat(seconds(reply)).as(reply.toString()).isPositive();
        reply.isKeptFromCaches();
    }

    private static int seconds(Reply refused) {
        return Integer.parseInt(refused.header("Retry-After"));
    }
}
