package dev.postern.bench.http;

import static org.awaitility.Awaitility.await;

import dev.postern.it.rig.client.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Signs the users of a variant in, on one node after the other, so that each node gets users who came by another.
 *
 * <p>For one thread.
 */
final class Visitors {

    private static final Duration TO_MEET = Duration.ofSeconds(90);

    private final UserProofs proofs;
    private final List<Integer> ports;

    Visitors(UserProofs proofs, List<Integer> ports) {
        this.proofs = proofs;
        this.ports = ports;
    }

    List<Visitor> of(Variant variant, int users) throws IOException {
        await("a user who signs in to " + variant + " on the first node is known to all")
                .atMost(TO_MEET)
                .untilAsserted(() -> assertKnownEverywhere(variant));
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            visitors.add(visitor(variant, i % ports.size(), String.format(Locale.ROOT, "user-%05d", i)));
        }
        return visitors;
    }

    private Visitor visitor(Variant variant, int node, String user) throws IOException {
        return new Visitor(variant, user, proofs.proof(variant, ports.get(node), user), node);
    }

    private void assertKnownEverywhere(Variant variant) throws IOException {
        Visitor visitor = visitor(variant, 0, "user-00000");
        for (int port : ports) {
            try (Connection connection = new Connection(port, Worker.MILLIS_TO_ANSWER)) {
                connection.ask(visitor.request());
                if (!connection.isOk(visitor.answer())) {
                    throw new AssertionError(connection.answer());
                }
            }
        }
    }
}
