package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only somebody may do who has just signed in. */
interface SteppingUp extends OnTwoNodes {

    @Test
    @Tag("X-38")
    @Tag("S-15")
    default void whoeverSignedInTooLongAgoSignsInAgain() {
        String order = "api/orders/17";
        browser().delete(nodes().a().resolve(order)).isUnauthorized();

        browser().signIn(nodes().a(), "clerk", "clerk-pw").has(201);
        browser().delete(nodes().b().resolve(order)).has(200).hasBody().isEqualTo("cancelled 17");
        String fingerprint = fingerprint();

        Pause.ofMillis(3_100);
        Reply stale = browser().delete(nodes().b().resolve(order)).has(401).changesNoCookie();
        assertThat(stale.header("WWW-Authenticate"))
                .startsWith("Postern error=\"insufficient_user_authentication\"")
                .endsWith("max_age=\"3\"");
        browser().get(nodes().b().resolve("api/orders")).has(200);

        browser().signIn(nodes().b(), "clerk", "clerk-pw").has(201);
        browser().delete(nodes().a().resolve(order)).has(200);
        assertThat(fingerprint()).isEqualTo(fingerprint);
    }

    private String fingerprint() {
        return browser().get(nodes().a().resolve("who")).has(200).value("fingerprint");
    }
}
