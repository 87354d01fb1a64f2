package dev.postern.bench.http;

import dev.postern.it.Pause;
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

    private final SignIn signIn;
    private final List<Integer> ports;
    private String answer = "none";

    Visitors(SignIn signIn, List<Integer> ports) {
        this.signIn = signIn;
        this.ports = ports;
    }

    List<Visitor> of(Variant variant, int users) throws IOException, InterruptedException {
        if (!Pause.untilTrue(TO_MEET, () -> isKnownEverywhere(variant))) {
            throw new IllegalStateException("Who signs in to " + variant
                    + " on the first node is not known to all; the last answer: " + answer);
        }
        List<Visitor> visitors = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            visitors.add(visitor(variant, ports.get(i % ports.size()), String.format(Locale.ROOT, "user-%03d", i)));
        }
        return visitors;
    }

    private Visitor visitor(Variant variant, int port, String user) throws IOException, InterruptedException {
        return new Visitor(variant, user, signIn.proof(variant, port, user));
    }

    private boolean isKnownEverywhere(Variant variant) {
        try {
            Visitor visitor = visitor(variant, ports.get(0), "user-000");
            for (int port : ports) {
                if (!isKnown(visitor, port)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            answer = e.toString();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isKnown(Visitor visitor, int port) throws IOException {
        try (Connection connection = new Connection(port)) {
            connection.ask(visitor.request());
            answer = connection.answer();
            return connection.isOk(visitor.answer());
        }
    }
}
