package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The secret of a session is renewed while the session goes on, on both nodes at once; with what an application sees of it, for which the
 * nodes need not start once more.
 */
@OnWildFlyByDay
class RenewalIT extends RenewalInUse {

    private static final int LATE_GRACES = 4;
    private static final int SESSIONS = 40;

    @Test
    @Tag("P-09")
    @Tag("P-58")
    @Tag("X-06")
    @Tag("X-32")
    @Tag("H-01")
    @Tag("G8")
    void parallelRequestsWithOneDueTokenGetFewSuccessors() {
        int rounds = Integer.parseInt(Rig.value("it.renewal.rounds"));
        Queue<Contender> contenders = new ArrayDeque<>();
        for (int i = 0; i < Math.min(rounds, SESSIONS); i++) {
            contenders.add(new Contender(nodes()));
        }
        int decided = 0;
        for (int i = 0; i < 2 * rounds && decided < rounds; i++) {
            Contender next = contenders.remove();
            decided += next.race(RENEW_AFTER, GRACE) ? 1 : 0;
            contenders.add(next);
        }
        assertThat(decided).isEqualTo(rounds);
        contenders.forEach(Contender::isOnRecord);
    }

    @Test
    @Tag("X-22")
    void parallelBearerRequestsWithADueTokenGetFewSuccessors() {
        BearerClient client = new BearerClient(nodes().b());
        Stopwatch.started().reaches(RENEW_AFTER);
        Stopwatch sinceStart = Stopwatch.started();

        List<Reply> replies = Burst.of(nodes(), "guarded", "Authorization", "Bearer " + client.token());

        int atMost = sinceStart.isBelow(GRACE) ? Burst.FEW : Burst.REQUESTS;
        replies.forEach(reply -> reply.has(200).changesNoCookie());
        assertThat(replies.stream().flatMap(reply -> reply.headers("Postern-Token").stream()))
                .hasSizeBetween(1, atMost)
                .doesNotContain(client.token());
    }

    @Test
    @Tag("X-19")
    @Tag("H-02")
    void lostAnswerIsMadeUpForALittleAfterTheGrace() {
        String handle = agedSession().getString("handle");
        Browser lost = browser.copy();
        renew(lost, "guarded");

        Stopwatch.started().reaches(OFFER_STANDS);

        browser.get(nodes().b().resolve("guarded")).has(200).hasSetCookies().hasSize(1);
        assertThat(browser.sessionCookie()).isNotEqualTo(lost.sessionCookie());
        browser.get(nodes().a().resolve("guarded")).has(200).changesNoCookie();
        isKnownEverywhere(browser);
        assertThat(new Events(nodes()).names(handle)).contains("Renewed").doesNotContain("ReuseDetected");
    }

    @Test
    @Tag("X-07")
    @Tag("H-03")
    void formerTokenIsRefusedAfterTheGraceAndEndsTheSessionAfterFour() {
        String handle = agedSession().getString("handle");
        Browser thief = browser.copy();
        renew(browser, "guarded");
        browser.get(nodes().b().resolve("guarded")).has(200).changesNoCookie();
        Stopwatch sinceRenewal = Stopwatch.started();

        sinceRenewal.reaches(GRACE);
        isRefusedEverywhere(thief);
        isKnownEverywhere(browser);

        sinceRenewal.reaches(GRACE.multipliedBy(LATE_GRACES));
        isRefusedEverywhere(thief.copy().withOneLetterChanged());
        isKnownEverywhere(browser);
        isRefusedEverywhere(thief);
        isRefusedEverywhere(browser);
        assertThat(new Events(nodes()).names(handle)).containsOnlyOnce("ReuseDetected", "Ended");
    }

    @Test
    @Tag("P-13")
    @Tag("S-07")
    void sameUserWhoSignsInAgainKeepsTheHandleAndNoFormerToken() {
        JsonObject first = signIn();
        Browser former = browser.copy();

        JsonObject second = signIn(browser, nodes().b()).json();

        isRefusedEverywhere(former);
        browser.get(nodes().a().resolve("guarded")).has(200).changesNoCookie();
        isKnownEverywhere(browser);
        assertThat(second.getString("handle")).isEqualTo(first.getString("handle"));
        assertThat(Instant.parse(second.getString("authenticatedAt")))
                .isAfter(Instant.parse(first.getString("authenticatedAt")));
    }

    @Test
    @Tag("P-17")
    @Tag("P-73")
    @Tag("P-81")
    @Tag("P-101")
    void signOutEndsARememberedSessionsTokenAndItsSuccessor() {
        agedSession();
        Browser former = browser.copy();
        Browser successor = browser.copy();
        renew(successor, "guarded");

        isSignedOutBy(browser);

        isRefusedEverywhere(former);
        isRefusedEverywhere(successor);
    }
}
