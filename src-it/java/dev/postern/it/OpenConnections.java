package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each node hears of every session that ends, and closes the sockets that it holds for it. */
interface OpenConnections extends OnTwoNodes {

    Logger LOG = System.getLogger(OpenConnections.class.getName());

    Duration IDLE = Duration.ofSeconds(8);
    Duration RENEW_AFTER = Duration.ofSeconds(2);
    Duration GRACE = Duration.ofSeconds(1);
    int LATE_GRACES = 4;
    int POLICY_VIOLATION = 1008;

    @Test
    @Tag("X-26")
    default void eachNodeHearsOnceThatASessionWasSignedOut() {
        String handle = signIn("clerk");

        browser().signOut(nodes().a()).has(204);

        isHeardOnce("SIGNED_OUT", handle);
    }

    @Test
    @Tag("X-26")
    default void eachNodeHearsOnceThatASessionWasReplaced() {
        String handle = signIn("clerk");

        browser().signIn(nodes().b(), "chief", "chief-pw").has(201);

        isHeardOnce("REPLACED", handle);
    }

    @Test
    @Tag("X-26")
    default void eachNodeHearsOnceThatACopyEndedASession() {
        String handle = signIn("clerk");
        Browser thief = browser().copy();
        Stopwatch.started().reaches(RENEW_AFTER);
        browser().get(nodes().a().resolve("guarded")).has(200).hasSetCookies().hasSize(1);
        browser().get(nodes().b().resolve("guarded")).has(200);
        Stopwatch.started().reaches(GRACE.multipliedBy(LATE_GRACES));

        thief.get(nodes().b().resolve("guarded")).isUnauthorized();

        isHeardOnce("REUSED", handle);
    }

    @Test
    @Tag("F-09")
    @Tag("S-34")
    default void pageOfAnotherSiteOpensNoSocketInTheNameOfAUser() {
        signIn("clerk");
        String cookie = browser().sessionCookie();

        assertThatThrownBy(() -> SocketClient.open(nodes().a(), "news", cookie, "https://evil.example"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refusal ->
                                assertThat(refusal.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    @Tag("X-26")
    @Tag("S-34")
    default void socketClosesWhenItsSessionEndsOnTheOtherNode() throws Exception {
        signIn("clerk");
        SocketClient socket = SocketClient.open(nodes().b(), "news", browser().sessionCookie());
        SocketClient own = SocketClient.open(nodes().a(), "news", browser().sessionCookie());
        assertThat(socket.ask("hello")).isEqualTo("hello clerk");
        assertThat(own.ask("hello")).isEqualTo("hello clerk");

        browser().signOut(nodes().a()).has(204);
        Stopwatch sinceSignOut = Stopwatch.started();

        socket.isClosedWith(POLICY_VIOLATION);
        Duration elapsed = sinceSignOut.elapsed();
        LOG.log(Level.INFO, "The socket on the other node was closed {0} ms after the sign-out.", elapsed.toMillis());
        own.isClosedWith(POLICY_VIOLATION);
        assertThat(elapsed).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @Tag("X-26")
    @Tag("S-34")
    default void socketClosesWhenItsSessionRunsOutAndNotBefore() throws Exception {
        Stopwatch sinceSignIn = Stopwatch.started();
        signIn("clerk");
        SocketClient socket = SocketClient.open(nodes().b(), "news", browser().sessionCookie());

        sinceSignIn.reaches(IDLE.dividedBy(2));
        Stopwatch sinceUse = Stopwatch.started();
        browser().get(nodes().a().resolve("guarded")).has(200);
        sinceSignIn.reaches(IDLE.plusSeconds(1));
        assertThat(socket.ask("still")).isEqualTo("still clerk");

        socket.isClosedWith(POLICY_VIOLATION);
        assertThat(sinceUse.elapsed()).isBetween(IDLE, IDLE.plusSeconds(2));
    }

    @Test
    @Tag("X-26")
    @Tag("S-34")
    default void socketWithoutALoginIsClosedAtOnce() throws Exception {
        SocketClient.open(nodes().a(), "news", "").isClosedWith(POLICY_VIOLATION);
    }

    private String signIn(String user) {
        return browser().signIn(nodes().a(), user, user + "-pw").has(201).json().getString("handle");
    }

    /** Waits for the news of a later end behind it, so that a second one would have come. */
    private void isHeardOnce(String reason, String handle) {
        Browser later = new Browser();
        String last =
                later.signIn(nodes().a(), "chief", "chief-pw").has(201).json().getString("handle");
        later.signOut(nodes().a()).has(204);
        for (URI node : List.of(nodes().a(), nodes().b())) {
            Overheard.at(node).awaits(last);
            Overheard.at(node).heardOnce(reason, handle);
        }
    }
}
