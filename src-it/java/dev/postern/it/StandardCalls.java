package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in and out by the calls of the Jakarta specifications, and what that does to the container's own session. */
interface StandardCalls extends OnTwoNodes {

    String FORM = "application/x-www-form-urlencoded";

    @Test
    @Tag("P-84")
    default void authenticateSignsInForAllNodes() {
        standard("do=clerk").has(200).hasBody().isEqualTo("SUCCESS clerk");
        browser().get(nodes().b().resolve("guarded")).has(200).hasBody().isEqualTo("guarded for clerk");
    }

    @Test
    @Tag("P-84")
    default void authenticateRefusesAWrongPassword() {
        standard("do=clerk&password=guess").has(200).changesNoCookie().hasBody().isEqualTo("SEND_FAILURE null");
    }

    @Test
    @Tag("P-17")
    default void logoutSignsOutOfAllNodes() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser thief = browser().copy();

        Reply out = standard("do=out").has(200);
        out.hasBody().isEqualTo("null");
        out.hasSetCookies().singleElement().asString().contains("Max-Age=0");

        thief.get(nodes().b().resolve("guarded")).isUnauthorized();
    }

    @Test
    @Tag("P-100")
    default void logoutWithoutASessionChangesNothing() {
        standard("do=out").has(200).changesNoCookie();
    }

    @Test
    @Tag("P-18")
    default void signInThenLogoutInOneRequestLeavesOnlyTheDeletionCookie() {
        Reply reply = standard("do=clerk&do=out").has(200);
        reply.hasSetCookies()
                .singleElement()
                .asString()
                .startsWith("__Host-postern=;")
                .contains("Max-Age=0");
        browser().get(nodes().b().resolve("guarded")).isUnauthorized();
    }

    @Test
    @Tag("P-14")
    default void signInChangesTheIdOfTheContainersSession() {
        browser().post(nodes().a().resolve("basket"), FORM, "").has(200);
        String before = browser().cookie("JSESSIONID").orElseThrow();

        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        assertThat(browser().cookie("JSESSIONID").orElseThrow()).isNotEqualTo(before);
        browser().get(nodes().a().resolve("basket")).has(200).hasBody().isEqualTo("apples");
        Browser.getWith(nodes().a().resolve("basket"), "JSESSIONID=" + before)
                .has(200)
                .hasBody()
                .isEqualTo("none");
    }

    @Test
    @Tag("X-10")
    default void signOutEndsTheContainersSession() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        browser().post(nodes().a().resolve("basket"), FORM, "").has(200);
        browser().signOut(nodes().a()).has(204);
        browser().get(nodes().a().resolve("basket")).has(200).hasBody().isEqualTo("none");
    }

    @Test
    @Tag("P-95")
    @Tag("X-09")
    default void signInAsAnotherUserEndsTheFormerSession() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        Browser former = browser().copy();

        browser().signIn(nodes().a(), "customer", "customer-pw").has(201);

        former.get(nodes().b().resolve("guarded")).isUnauthorized();
        browser().get(nodes().b().resolve("guarded")).has(403);
    }

    @Test
    default void guardedServletTellsAnonymousFromTheWrongRole() {
        browser().get(nodes().a().resolve("guarded")).isUnauthorized();
        browser().signIn(nodes().a(), "customer", "customer-pw").has(201);
        browser().get(nodes().b().resolve("guarded")).has(403);
    }

    private Reply standard(String form) {
        return browser().post(nodes().a().resolve("standard"), FORM, form);
    }
}
