package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application sees of renewal, what it adds to it, and what it must not spoil. */
abstract class RenewalInUse extends RenewalScenario {

    @Test
    void metadataOfTheSignInIsThereOnTheOtherNode() {
        signIn();
        browser.get(nodes().b().resolve("who")).has(200).hasBody().contains("address", "firstSeenAt");
    }

    @Test
    @Tag("X-11")
    void contributorOfTheApplicationRunsAtSignInAndAtRenewal() {
        assertThat(page(agedSession())).isEqualTo("/postern/session");

        renew(browser, "guarded");

        assertThat(page(status())).isEqualTo("/guarded");
    }

    /** One observer keeps what it sees; another one fails each time. */
    @Test
    @Tag("X-32")
    void observersOfTheApplicationSeeEachEventOnceAndNoToken() {
        String handle = agedSession().getString("handle");
        String first = browser.sessionCookie();
        renew(browser, "guarded");
        browser.get(nodes().b().resolve("guarded")).has(200);
        isSignedOutBy(browser);

        Events events = new Events(nodes());
        assertThat(events.names(handle)).containsExactlyInAnyOrder("Created", "Renewed", "Confirmed", "Ended");
        String token = first.substring(first.indexOf('=') + 1);
        assertThat(events.lines(handle))
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(token.substring(0, token.length() / 2), token.substring(token.length() / 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cacheable", "api/cacheable"})
    @Tag("S-55")
    @Tag("P-96")
    @Tag("V-09")
    void applicationCannotLetCachesKeepAnAnswerThatCarriesAToken(String path) {
        signIn();
        Reply free = browser.get(nodes().a().resolve(path)).has(200).changesNoCookie();
        assertThat(free.headers("Cache-Control")).as(free.toString()).contains("public, max-age=60");

        Reply reply = renew(browser, path);

        assertThat(reply.headers("Expires")).as(reply.toString()).isEmpty();
        assertThat(String.join(",", reply.headers("Vary"))).as(reply.toString()).contains("Accept");
    }

    @Test
    @Tag("X-30")
    void passiveRequestsNeitherTouchNorRenew() {
        JsonObject before = agedSession();
        awaitDue();

        browser.copy()
                .sending("Postern-Passive", "1")
                .get(nodes().a().resolve("guarded"))
                .has(200)
                .changesNoCookie();
        browser.get(nodes().b().resolve("who")).has(200).changesNoCookie();

        assertThat(status()).isEqualTo(before);
        renew(browser, "guarded");
        assertThat(status().getString("lastSeenAt")).isGreaterThan(before.getString("lastSeenAt"));
    }

    @Test
    @Tag("P-57")
    @Tag("P-58")
    @Tag("P-78")
    @Tag("P-79")
    @Tag("P-80")
    @Tag("X-23")
    void rememberedSessionOutlivesTheIdleTimeoutUnderParallelRequests() {
        Browser forgotten = new Browser();
        forgotten
                .signIn(nodes().a(), "clerk", "clerk-pw")
                .has(201)
                .hasSetCookies()
                .singleElement()
                .asString()
                .doesNotContain("Max-Age");
        String handle = signIn().getString("handle");
        Stopwatch.started().reaches(IDLE);
        forgotten.get(nodes().a().resolve("guarded")).isUnauthorized().changesNoCookie();

        List<Reply> replies = Burst.of(nodes(), "api/orders", "Cookie", browser.sessionCookie());

        replies.forEach(reply -> reply.has(200).hasBody().isEqualTo("orders for clerk " + handle));
        assertThat(replies.stream().flatMap(reply -> reply.setCookies().stream()))
                .isNotEmpty()
                .allSatisfy(cookie -> assertThat(cookie).contains("; Max-Age="));
        replies.forEach(browser::receive);
        browser.get(nodes().b().resolve("guarded")).has(200).changesNoCookie();
    }

    @Test
    @Tag("P-110")
    @Tag("P-111")
    @Tag("P-112")
    @Tag("P-113")
    @Tag("P-114")
    void bearerClientGetsItsTokensInAHeaderAndNoCookie() {
        BearerClient.isRefused(nodes().a());
        BearerClient client = new BearerClient(nodes().a());
        String first = client.token();
        client.get(nodes().b().resolve("guarded")).has(200).hasBody().isEqualTo("guarded for clerk");
        Stopwatch.started().reaches(RENEW_AFTER);
        client.with(first.substring(1)).get(nodes().a().resolve("guarded")).isInvalidToken();

        String second = client.renewedBy(nodes().a().resolve("guarded"));

        client.get(nodes().b().resolve("guarded")).has(200);
        Stopwatch.started().reaches(GRACE);
        client.with(first).get(nodes().a().resolve("guarded")).isInvalidToken();
        client.with(first).get(nodes().b().resolve("api/orders")).isInvalidToken();
        client.with(second.substring(1)).signOut(nodes().a()).has(204);
        client.with(second).get(nodes().a().resolve("guarded")).has(200);
        client.with(second).signOut(nodes().a()).has(204).changesNoCookie();
        client.with(second).get(nodes().b().resolve("guarded")).isInvalidToken();
    }

    /** Only a copy can hold a token that two others have followed: nobody holds the session any more. */
    @Test
    @Tag("S-89")
    @Tag("X-07")
    void bearerTokenThatSomebodyHasCopiedIsInvalidForBoth() {
        BearerClient client = new BearerClient(nodes().a());
        String first = client.token();
        Stopwatch.started().reaches(RENEW_AFTER);
        assertThat(client.renewedBy(nodes().a().resolve("guarded"))).isNotEqualTo(first);
        client.get(nodes().b().resolve("guarded")).has(200);
        Stopwatch sinceRenewal = Stopwatch.started();
        client.with(first).get(nodes().b().resolve("guarded")).has(200);

        sinceRenewal.reaches(GRACE.multipliedBy(4));
        client.with(first).get(nodes().b().resolve("guarded")).isInvalidToken();
        client.with(client.token()).get(nodes().a().resolve("guarded")).isInvalidToken();
        client.with(client.token()).get(nodes().b().resolve("postern/session")).isInvalidToken();
    }

    private JsonObject status() {
        return browser.get(nodes().b().resolve("postern/session")).has(200).json();
    }

    private static String page(JsonObject session) {
        return session.getJsonObject("metadata").getString("page");
    }
}
