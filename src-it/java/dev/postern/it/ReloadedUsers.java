package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users whom the application looks up anew with each request. Each node has employees of its own, so that one can be changed alone. */
interface ReloadedUsers extends OnTwoNodes {

    @AfterEach
    default void employeesAreWhatTheyWere() {
        happens(nodes().a(), "reset");
        happens(nodes().b(), "reset");
    }

    @Test
    @Tag("P-23")
    @Tag("X-27")
    @Tag("S-41")
    default void rolesAreThoseThatTheUserHasNow() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        String fingerprint = fingerprint();
        me(nodes().b())
                .has(200)
                .hasBody()
                .isEqualTo(
                        "clerk of Sales, [clerk], {caller-dn=cn=clerk, department=Sales, identity-store=users}, Sales");

        happens(nodes().b(), "clerk/move/Stock/manager");
        me(nodes().b()).has(403);
        me(nodes().a()).has(200);
        happens(nodes().b(), "clerk/move/Stock/clerk");
        me(nodes().b())
                .has(200)
                .hasBody()
                .startsWith("clerk of Stock, [clerk], {caller-dn=cn=clerk, department=Stock,");
        assertThat(fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    @Tag("P-11")
    @Tag("P-121")
    @Tag("S-41")
    default void userWhoIsLockedIsOutAtOnceAndEverywhere() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        me(nodes().a()).has(200);

        happens(nodes().b(), "clerk/lock");

        me(nodes().b()).isUnauthorized();
        me(nodes().a()).isUnauthorized();
        browser().signIn(nodes().b(), "clerk", "clerk-pw").isUnauthorized();
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        me(nodes().a()).has(200);
    }

    @Test
    @Tag("S-66")
    default void nobodyIsLetInWhileTheApplicationCannotSayWhoTheyAre() {
        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);

        happens(nodes().b(), "clerk/lose");

        Reply reply = me(nodes().b()).has(503).changesNoCookie();
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        me(nodes().a()).has(200);
        happens(nodes().b(), "reset");
        me(nodes().b()).has(200);
    }

    private Reply me(URI node) {
        return browser().get(node.resolve("api/staff"));
    }

    private String fingerprint() {
        return browser().get(nodes().a().resolve("who")).has(200).value("fingerprint");
    }

    private static void happens(URI node, String what) {
        new Browser().post(node.resolve("api/staff/" + what), "text/plain", "").has(204);
    }
}
