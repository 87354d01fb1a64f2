package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Reply;
import dev.postern.it.guest.refusals.Vault;
import dev.postern.it.guest.shaped.Guarded;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What callers are told who may not call: by enterprise beans (C10), and in the format that they accept (C23). */
@OnWildFlyByDay
class RefusalsIT {

    @RegisterExtension
    static final Guest GUEST = Guest.war("refusals", war -> war.addPackage(Vault.class.getPackage()));

    @RegisterExtension
    static final Guest SHAPED = Guest.war("shaped", war -> war.addPackage(Guarded.class.getPackage()));

    private static final Browser ANYBODY = new Browser();
    private static final Browser CLERK = new Browser();
    private static final Browser MANAGER = new Browser();

    @BeforeAll
    static void signIn() {
        CLERK.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        MANAGER.signIn(GUEST.root(), "manager", "manager-pw").has(201);
    }

    @Test
    @Tag("C10")
    void refusalOfAnEnterpriseBeanIsTheRefusalOfItsCallers() {
        assertThat(Stream.of(
                                "api/doors/direct",
                                "api/doors/in-transaction",
                                "api/doors/without-transaction",
                                "api/doors/promised",
                                "careless/doors/direct",
                                "careless/doors/promised",
                                "door/direct",
                                "door/in-transaction",
                                "door/without-transaction",
                                "door/wrapped")
                        .map(RefusalsIT::answers))
                .allSatisfy(answers -> assertThat(answers).endsWith(": 401 Postern, 403, 200"));
        assertThat(answers("api/doors/local")).endsWith(": 401 Postern, 403, 403");
    }

    @Test
    @Tag("C10")
    void otherFailuresStayWhatTheyAre() {
        CLERK.get(GUEST.uri("api/doors/failing")).has(500);
        CLERK.get(GUEST.uri("door/failing")).has(500);
        CLERK.get(GUEST.uri("careless/doors/failing")).has(200).hasBody().isEqualTo("mapped");
    }

    @Test
    @Tag("C10")
    void answerThatHasBegunIsLeftAlone() {
        Reply reply;
        try {
            reply = ANYBODY.get(GUEST.uri("door/begun"));
        } catch (AssertionError connectionClosed) {
            return;
        }
        reply.has(200).hasBody().startsWith("begun").doesNotContain("reached");
    }

    @Test
    @Tag("C23")
    void refusalIsAProblemWhereTheClientAcceptsJson() {
        for (String accept : List.of(
                "application/json",
                "application/problem+json",
                "application/vnd.api+json",
                "application/*",
                "*/*",
                "application/json, text/plain, */*",
                "text/plain;q=0.5, application/json",
                "TEXT/HTML;q=0.1,application/JSON;q=0.2")) {
            Reply refused = new Browser().sending("Accept", accept).get(GUEST.uri("api/doors/clerk"));
            refused.isUnauthorized();
            assertThat(refused.header("Content-Type")).as(accept).startsWith("application/problem+json");
            assertThat(refused.json())
                    .hasToString("{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Sign in first.\"}");
        }
        Reply forbidden = accepting(MANAGER, "application/json")
                .get(GUEST.uri("api/doors/clerk"))
                .has(403);
        assertThat(forbidden.json())
                .hasToString("{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"Not allowed.\"}");
        Reply ofBean = accepting(MANAGER, "application/json")
                .get(GUEST.uri("api/doors/direct"))
                .has(403);
        assertThat(ofBean.json()).hasToString("{\"title\":\"Forbidden\",\"status\":403,\"detail\":\"Not allowed.\"}");
        accepting(new Browser(), "application/json")
                .call("HEAD", GUEST.uri("api/doors/clerk"), "", "")
                .isUnauthorized();
    }

    @Test
    @Tag("C23")
    void staleSignInIsAProblemToo() {
        Browser browser = accepting(CLERK, "application/json");
        await("the sign-in is too old")
                .atMost(Duration.ofSeconds(20))
                .until(() -> browser.get(GUEST.uri("api/doors/fresh")).status() == 401);
        Reply stale = browser.get(GUEST.uri("api/doors/fresh")).has(401);
        assertThat(stale.header("WWW-Authenticate")).contains("insufficient_user_authentication");
        assertThat(stale.json().getString("detail")).isEqualTo("Sign in again.");
    }

    @Test
    @Tag("C23")
    void refusalIsTextForOtherClients() {
        for (String accept : List.of(
                "text/plain",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/plain, application/json;q=0.5",
                "application/json;q=0",
                "image/png")) {
            Reply refused = new Browser().sending("Accept", accept).get(GUEST.uri("api/doors/clerk"));
            refused.isUnauthorized();
            assertThat(refused.header("Content-Type")).as(accept).startsWith("text/plain");
            refused.hasBody().isEqualTo("Sign in first.\n");
        }
    }

    @Test
    @Tag("C23")
    void applicationShapesTheAnswer() {
        Reply refused = new Browser().get(SHAPED.uri("api/guarded"));
        refused.isUnauthorized();
        assertThat(new TreeMap<>(refused.json())).hasToString("{code=401, message=\"Sign in first.\"}");
        Browser clerk = new Browser();
        clerk.signIn(SHAPED.root(), "clerk", "clerk-pw").has(201);
        assertThat(new TreeMap<>(clerk.get(SHAPED.uri("api/guarded")).has(403).json()))
                .hasToString("{code=403, message=\"Not allowed.\"}");
        assertThat(new TreeMap<>(
                        clerk.get(SHAPED.uri("api/guarded/local")).has(403).json()))
                .hasToString("{code=403, message=\"Not allowed.\"}");
    }

    @Test
    @Tag("C10")
    void mapperOfTheApplicationWins() {
        new Browser().get(SHAPED.uri("api/guarded/bean")).has(418).hasBody().isEqualTo("own");
    }

    private static Browser accepting(Browser browser, String accept) {
        return browser.copy().sending("Accept", accept);
    }

    private static String answers(String path) {
        return path + ": "
                + String.join(
                        ", ",
                        Stream.of(ANYBODY, MANAGER, CLERK)
                                .map(browser -> browser.get(GUEST.uri(path)))
                                .map(reply -> (reply.status() + " " + reply.header("WWW-Authenticate")).trim())
                                .toList());
    }
}
