package dev.postern.it;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that have the same keys, sessions sealed with them, and another one of them in front each. */
interface ChangingKeys extends OnTwoNodes {

    @Test
    @Tag("G25")
    @Tag("S-45")
    default void eachNodeKnowsWhatTheOtherOneHasSealed() {
        for (URI first : List.of(nodes().a(), nodes().b())) {
            Browser user = new Browser();
            user.signIn(first, "clerk", "clerk-pw").has(201);
            String fingerprint = user.get(nodes().a().resolve("who")).has(200).value("fingerprint");
            user.get(nodes().b().resolve("who")).has(200).hasBody().contains(fingerprint);
            user.signIn(nodes().b(), "clerk", "clerk-pw").has(201);
            user.get(nodes().a().resolve("who")).has(200).hasBody().contains(fingerprint);
            user.signIn(nodes().a(), "clerk", "clerk-pw").has(201);
            user.get(nodes().b().resolve("who")).has(200).hasBody().contains(fingerprint);
        }
    }
}
