package dev.postern.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Keeps caches away from an answer: RFC 9111, section 5.2.2.5. */
final class NoStore {

    private static final String ATTRIBUTE = "dev.postern.no-store";

    private NoStore() {}

    static void mark(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }

    static void varyByCookie(HttpServletResponse response) {
        if (response.getHeaders("Vary").stream().noneMatch(value -> value.contains("Cookie"))) {
            response.addHeader("Vary", "Cookie");
        }
    }

    /** The answer to the request carries a token: what it says to caches by now stays; see {@link UncachedResponse}. */
    static void keep(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    static boolean isKept(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }
}
