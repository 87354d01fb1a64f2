package dev.postern.bench.http;

import dev.postern.bench.http.app.GreetingUsers;
import dev.postern.it.rig.client.Connection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * One signed-in user of one variant: the bytes of its request, and those of the only right answer.
 *
 * <p>Immutable.
 */
final class Visitor {

    private static final String PLAIN = "Accept: text/plain";

    private final byte[] request;
    private final byte[] answer;
    private final OptionalInt home;

    /**
     * The proof is the header line by which the variant knows the user, or empty.
     *
     * @param node at which the user signed in
     */
    Visitor(Variant variant, String user, String proof, int node) {
        String name = variant.hasFixedCaller() ? GreetingUsers.FIXED : user;
        List<String> headers = proof.isEmpty() ? List.of(PLAIN) : List.of(PLAIN, proof);
        request = Connection.request("GET", variant.path() + "/api/greeting", headers, "");
        answer = ("hello " + name).getBytes(StandardCharsets.ISO_8859_1);
        home = variant.isSticky() ? OptionalInt.of(node) : OptionalInt.empty();
    }

    byte[] request() {
        return request;
    }

    byte[] answer() {
        return answer;
    }

    /** The node that the user stays at, or else the proposed one. */
    int node(int proposed) {
        return home.orElse(proposed);
    }
}
