package dev.postern.http.transport;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Keeps caches away from an answer: RFC 9111, section 5.2.2.5. */
public final class CacheHeaders {

    private static final String CACHE_CONTROL = "cache-control";

    /** The ending of headers for one kind of cache: {@code CDN-Cache-Control} and the like (RFC 9213). */
    private static final String TARGETED = "-" + CACHE_CONTROL;

    /**
     * Headers that other caches take for a permission, each with the value that forbids it.
     */
    private static final Map<String, String> OTHERS = Map.of(
            "expires", "0",
            "pragma", "no-cache",
            "surrogate-control", "no-store",
            "edge-control", "no-store",
            "x-accel-expires", "0");

    private CacheHeaders() {}

    /** Forbids every cache to keep the answer, and replaces headers that allowed it. */
    public static void mark(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        OTHERS.forEach((name, refusal) -> {
            if (response.containsHeader(name)) {
                response.setHeader(name, refusal);
            }
        });
        List.copyOf(response.getHeaderNames()).stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).endsWith(TARGETED))
                .forEach(name -> response.setHeader(name, "no-store"));
    }

    /** Whether this header controls caches. */
    public static boolean guards(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals(CACHE_CONTROL) || name.endsWith(TARGETED) || OTHERS.containsKey(name);
    }

    public static void varyByCookie(HttpServletResponse response) {
        Vary.by(response, "Cookie");
    }

    /** Tells caches which headers of the request an answer depends on: RFC 9110, section 12.5.5. */
    public static final class Vary {

        private static final String HEADER = "Vary";

        private Vary() {}

        /** Adds those that are not named yet. */
        public static void by(HttpServletResponse response, String... names) {
            String missing = String.join(
                    ", ",
                    Arrays.stream(names)
                            .filter(name -> !isNamed(response, name))
                            .toList());
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
}
