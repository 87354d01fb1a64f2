package dev.postern.bench.http;

import dev.postern.bench.http.app.Crowd;
import java.nio.charset.StandardCharsets;

/**
 * One signed-in user of one variant: the bytes of its request, and those of the only right answer.
 *
 * <p>Immutable.
 */
final class Visitor {

    private final byte[] request;
    private final byte[] answer;

    /** The proof is the header line by which the variant knows the user, or empty. */
    Visitor(Variant variant, String user, String proof) {
        String name = variant.hasFixedCaller() ? Crowd.FIXED : user;
        request = ("GET " + variant.path() + "/api/greeting HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain\r\n"
                        + (proof.isEmpty() ? "" : proof + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        answer = ("hello " + name).getBytes(StandardCharsets.ISO_8859_1);
    }

    byte[] request() {
        return request;
    }

    byte[] answer() {
        return answer;
    }
}
