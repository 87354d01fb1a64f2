package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * A session whose tokens are raced for, one after the other, by parallel requests to both nodes.
 *
 * <p>For one thread.
 */
final class Contender {

    private final TwoNodes nodes;
    private final Browser browser = new Browser();
    private final String handle;
    private Stopwatch sinceChange;
    private Instant insertedAt;
    private int races;
    private int successors;

    Contender(TwoNodes nodes) {
        this.nodes = nodes;
        JsonObject session = RenewalScenario.signIn(browser, nodes.a()).json();
        this.sinceChange = Stopwatch.started();
        this.handle = session.getString("handle");
        this.insertedAt = Instant.parse(session.getString("insertedAt"));
    }

    /**
     * Waits until the token is due, lets all race for its successor, and goes on with that on the node that did not issue it.
     *
     * @return whether the race was decided within the grace; after that somebody else may rightly get another successor
     */
    boolean race(Duration renewAfter, Duration grace) {
        sinceChange.reaches(renewAfter);
        String old = browser.sessionCookie();
        Stopwatch sinceStart = Stopwatch.started();
        List<Reply> winners = burst(old);
        boolean isDecided = sinceStart.isBelow(grace);
        assertThat(winners).hasSizeBetween(1, isDecided ? Burst.FEW : Burst.REQUESTS);

        winners.forEach(browser::receive);
        assertThat(browser.sessionCookie()).isNotEqualTo(old);
        goOn(otherThan(winners.get(0).response().uri()), old, grace);
        hasMovedOn();
        races++;
        successors += winners.size();
        return isDecided;
    }

    /** Each successor was an event once in the cluster, and so was each one that came into use. */
    void isOnRecord() {
        List<String> names = new Events(nodes).names(handle);
        assertThat(Collections.frequency(names, "Renewed")).isEqualTo(successors);
        assertThat(Collections.frequency(names, "Confirmed")).isEqualTo(races);
        assertThat(names).hasSize(1 + successors + races).contains("Created");
    }

    /** The answers that bring a successor. Every other one is for the same user in the same session and brings none. */
    private List<Reply> burst(String cookie) {
        List<Reply> replies = Burst.of(nodes, "api/orders", "Cookie", cookie);
        replies.forEach(reply -> reply.has(200).hasBody().isEqualTo("orders for clerk " + handle));
        List<Reply> winners =
                replies.stream().filter(reply -> !reply.setCookies().isEmpty()).toList();
        winners.forEach(reply -> reply.isKeptFromCaches().hasSetCookies().hasSize(1));
        return winners;
    }

    private void goOn(URI node, String old, Duration grace) {
        Stopwatch sinceConfirming = Stopwatch.started();
        isKnown(browser.get(node.resolve("api/orders")));
        sinceChange = Stopwatch.started();
        Reply late = Browser.getWith(nodes.a().resolve("api/orders"), old);
        if (sinceConfirming.isBelow(grace)) {
            isKnown(late);
        }
    }

    private void isKnown(Reply reply) {
        reply.has(200).changesNoCookie().hasBody().isEqualTo("orders for clerk " + handle);
    }

    private void hasMovedOn() {
        JsonObject session =
                browser.get(nodes.a().resolve("postern/session")).has(200).json();
        assertThat(session.getString("handle")).isEqualTo(handle);
        Instant latest = Instant.parse(session.getString("insertedAt"));
        assertThat(latest).isAfter(insertedAt);
        insertedAt = latest;
    }

    private URI otherThan(URI uri) {
        return uri.getPort() == nodes.a().getPort() ? nodes.b() : nodes.a();
    }
}
