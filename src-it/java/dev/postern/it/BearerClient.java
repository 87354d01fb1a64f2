package dev.postern.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;

/**
 * A client that is no browser: it signs in for a token in a header, and sends it in a header.
 *
 * <p>For one thread.
 */
final class BearerClient {

    private String token;

    /** Signs in as the clerk. */
    BearerClient(URI node) {
        this.token = onlyToken(signIn(node, "clerk-pw").has(201).changesNoCookie());
    }

    /** Asserts that a wrong password brings no token. */
    static void isRefused(URI node) {
        Reply reply = signIn(node, "guess").isUnauthorized().changesNoCookie();
        assertThat(reply.headers("Postern-Token")).as(reply.toString()).isEmpty();
    }

    private static Reply signIn(URI node, String password) {
        return new Browser().sending("Postern-Transport", "bearer").signIn(node, "clerk", password);
    }

    String token() {
        return token;
    }

    Reply get(URI uri) {
        return with(token).get(uri).changesNoCookie();
    }

    /** Fetches with a token that is due, and goes on with its successor. */
    String renewedBy(URI uri) {
        Reply reply = get(uri).has(200);
        assertThat(reply.headers("Cache-Control")).as(reply.toString()).containsExactly("no-store");
        token = onlyToken(reply);
        return token;
    }

    /** Somebody who sends this token. */
    Browser with(String any) {
        return new Browser().sending("Authorization", "Bearer " + any);
    }

    private static String onlyToken(Reply reply) {
        List<String> tokens = reply.headers("Postern-Token");
        assertThat(tokens).as(reply.toString()).hasSize(1);
        return tokens.get(0);
    }
}
