package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign in on one node, be known on the other; sign out on one, be out on the other. */
interface SigningIn extends OnTwoNodes {

    @Test
    @Tag("P-04")
    @Tag("P-98")
    @Tag("X-12")
    default void signInOnOneNodeIsKnownOnTheOther() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        Reply onB = browser().get(nodes().b().resolve("who")).has(200).changesNoCookie();
        onB.hasBody().contains("user=clerk", "roles=[clerk]", "container=clerk", "clerk=true");
        assertThat(browser().get(nodes().a().resolve("who")).has(200).value("fingerprint"))
                .isEqualTo(onB.value("fingerprint"));
    }

    @Test
    default void statusEndpointShowsTheSessionOnEitherNode() {
        browser().get(nodes().a().resolve("postern/session")).isUnauthorized();
        browser().signIn(nodes().a(), "chief", "chief-pw").has(201);

        browser()
                .get(nodes().b().resolve("postern/session"))
                .has(200)
                .hasBody()
                .contains("\"user\":\"chief\"", "\"roles\":[\"clerk\",\"manager\"]");
    }

    @Test
    default void jsonSignsInAsTheFormDoes() {
        String json = "{\"username\":\"clerk\",\"password\":\"clerk-pw\"}";
        browser()
                .post(nodes().b().resolve("postern/session"), "application/json", json)
                .has(201);
        browser().get(nodes().a().resolve("who")).has(200).hasBody().contains("user=clerk");
    }

    @Test
    @Tag("P-82")
    default void streamsOfEventsKnowTheCurrentUser() {
        for (String path : List.of("api/ticker/bean", "api/ticker/plain")) {
            new Browser().get(nodes().b().resolve(path)).isUnauthorized().changesNoCookie();
        }
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String fingerprint = browser().get(nodes().b().resolve("who")).has(200).value("fingerprint");

        for (String path : List.of("api/ticker/bean", "api/ticker/plain")) {
            Reply events = browser().get(nodes().b().resolve(path)).has(200).changesNoCookie();
            assertThat(events.header("Content-Type")).startsWith("text/event-stream");
            events.hasBody().contains("clerk " + fingerprint);
        }
    }

    @Test
    @Tag("P-82")
    @Tag("P-93")
    default void resourcesAndEnterpriseBeansKnowTheCurrentUser() {
        browser().get(nodes().a().resolve("api/orders")).isUnauthorized().changesNoCookie();
        browser().get(nodes().a().resolve("who")).has(200).hasBody().contains("ejb=anonymous");

        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        Reply who = browser().get(nodes().b().resolve("who")).has(200);
        String fingerprint = who.value("fingerprint");
        who.hasBody().contains("ejb=clerk/" + fingerprint);
        orders("orders").isEqualTo("orders for clerk " + fingerprint);
        orders("slow/stage").isEqualTo("stage for clerk");
        orders("slow/suspended").isEqualTo("suspended for clerk");
    }

    @Test
    @Tag("P-17")
    @Tag("P-101")
    @Tag("V-08")
    default void signOutOnOneNodeIsOutOnTheOther() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser thief = browser().copy();
        thief.get(nodes().b().resolve("guarded")).has(200);

        browser()
                .signOut(nodes().a())
                .has(204)
                .setsTheCookie("__Host-postern=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure;"
                        + " HttpOnly; SameSite=Lax");

        thief.get(nodes().b().resolve("guarded")).isUnauthorized().changesNoCookie();
        thief.get(nodes().a().resolve("guarded")).isUnauthorized().changesNoCookie();
        thief.get(nodes().b().resolve("who")).has(200).hasBody().contains("user=\n");
    }

    @Test
    @Tag("P-100")
    default void signOutWithoutASessionIsNoError() {
        browser().signOut(nodes().a()).has(204).changesNoCookie();
    }

    @Test
    @Tag("P-99")
    default void wrongPasswordAndUnknownUserGetTheSameAnswer() {
        Reply wrong =
                browser().signIn(nodes().a(), "clerk", "guess").isUnauthorized().changesNoCookie();
        Reply unknown = browser()
                .signIn(nodes().a(), "nobody", "guess")
                .isUnauthorized()
                .changesNoCookie();
        unknown.hasBody().isEqualTo(wrong.body());
    }

    @Test
    default void malformedSignInIsRefusedWith400() {
        browser()
                .post(nodes().a().resolve("postern/session"), "application/json", "{\"username\":")
                .has(400)
                .changesNoCookie();
        browser()
                .post(nodes().a().resolve("postern/session"), "application/x-www-form-urlencoded", "username=clerk")
                .has(400)
                .changesNoCookie();
    }

    @Test
    default void signInForABearerTokenIsRefusedWith400WhereThatIsOff() {
        browser()
                .sending("Postern-Transport", "bearer")
                .signIn(nodes().a(), "clerk", "clerk-pw")
                .has(400)
                .changesNoCookie();
    }

    @Test
    default void bearerTokenIsNothingWhereThatIsOff() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser both = browser().copy().sending("Authorization", "Bearer any");

        both.get(nodes().b().resolve("guarded")).has(200);
        new Browser()
                .sending("Authorization", "Bearer any")
                .get(nodes().b().resolve("guarded"))
                .isUnauthorized();
    }

    @Test
    @Tag("P-79")
    @Tag("P-96")
    @Tag("S-84")
    default void cookieIsSentWithItsAttributesAndNotKeptByCaches() {
        Reply reply = browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        reply.setsTheCookie("__Host-postern=TOKEN; Path=/; Secure; HttpOnly; SameSite=Lax");
        reply.isKeptFromCaches();
    }

    private AbstractStringAssert<?> orders(String path) {
        return browser().get(nodes().b().resolve("api/" + path)).has(200).hasBody();
    }
}
