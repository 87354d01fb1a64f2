package dev.postern.bench.http;

import dev.postern.bench.http.app.GreetingUsers;
import dev.postern.it.rig.client.Connection;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One signed-in user of one variant: the bytes of its request, and those of the only right answer.
 *
 * <p>Immutable.
 */
final class Visitor {

    private static final String PLAIN = "Accept: text/plain";

    private final byte[] request;
    private final byte[] answer;

    /** The proof is the header line by which the variant knows the user, or empty. */
    Visitor(Variant variant, String user, String proof) {
        String name = variant.hasFixedCaller() ? GreetingUsers.FIXED : user;
        List<String> headers = proof.isEmpty() ? List.of(PLAIN) : List.of(PLAIN, proof);
        request = Connection.request("GET", variant.path() + "/api/greeting", headers, "");
        answer = ("hello " + name).getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] request() {
        return request;
    }

    byte[] answer() {
        return answer;
    }
}
