package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/**
 * The request that led to a login page, which Soteria's {@code @LoginToContinue} keeps in the container's session: its
 * method, headers and parameters. After the sign-in it waits there until the browser is back at its address (JS-13).
 */
final class SavedRequest {

    private static final String REQUEST = "org.glassfish.soteria.original.request";
    private static final String PROOF = "org.glassfish.soteria.authentication";

    private SavedRequest() {}

    /** Whether a request waits, for a caller who has been proven. Always false on a server without Soteria. */
    static boolean isAwaited(HttpServletRequest request) {
        return has(REQUEST, request) && has(PROOF, request);
    }

    /**
     * Whether a request waits for a caller who has not been proven: the login page has still to be sent, or the form
     * was refused. Always false on a server without Soteria.
     */
    static boolean isWithoutProof(HttpServletRequest request) {
        return has(REQUEST, request) && !has(PROOF, request);
    }

    private static boolean has(String attribute, HttpServletRequest request) {
        HttpSession session = request.getRequestedSessionId() == null ? null : request.getSession(false);
        return session != null && session.getAttribute(attribute) != null;
    }
}
