package dev.postern.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;

/** Keeps caches away from an answer: RFC 9111, section 5.2.2.5. */
final class NoStore {

    private static final String CACHE_CONTROL = "cache-control";

    /**
     * What else older caches and those of operators take for a permission (RFC 9213), and what tells them the contrary.
     */
    private static final Map<String, String> OTHERS = Map.of(
            "expires", "0",
            "pragma", "no-cache",
            "cdn-cache-control", "no-store",
            "surrogate-control", "no-store",
            "x-accel-expires", "0");

    private NoStore() {}

    /** Says so, and takes back what may have been said before. */
    static void mark(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        OTHERS.forEach((name, refusal) -> {
            if (response.containsHeader(name)) {
                response.setHeader(name, refusal);
            }
        });
    }

    /** Whether caches go by this header. */
    static boolean guards(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.equals(CACHE_CONTROL) || OTHERS.containsKey(name);
    }

    static void varyByCookie(HttpServletResponse response) {
        Vary.by(response, "Cookie");
    }
}
