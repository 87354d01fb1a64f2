package dev.postern.http;

import jakarta.servlet.http.HttpServletResponse;

/** Keeps caches away from an answer: RFC 9111, section 5.2.2.5. */
final class NoStore {

    private NoStore() {}

    static void mark(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }
}
