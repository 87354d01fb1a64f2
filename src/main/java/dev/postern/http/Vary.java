package dev.postern.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.stream.Stream;

/** Tells caches which headers of the request an answer depends on: RFC 9110, section 12.5.5. */
final class Vary {

    private static final String HEADER = "Vary";

    private Vary() {}

    /** Adds those that are not named yet. */
    static void by(HttpServletResponse response, String... names) {
        String missing = String.join(
                ", ",
                Arrays.stream(names).filter(name -> !isNamed(response, name)).toList());
        if (!missing.isEmpty()) {
            response.addHeader(HEADER, missing);
        }
    }

    private static boolean isNamed(HttpServletResponse response, String name) {
        return response.getHeaders(HEADER).stream()
                .flatMap(value -> Stream.of(value.split(",")))
                .anyMatch(named -> named.strip().equalsIgnoreCase(name));
    }
}
