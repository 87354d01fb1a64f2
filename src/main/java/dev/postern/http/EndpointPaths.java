package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where the endpoints of the jar stand, below the application's context path; the empty text when they are off.
 *
 * <p>Immutable.
 */
public record EndpointPaths(String root) {

    /** The endpoint of the current session. */
    public String session() {
        return root + "/session";
    }

    /** Whether the request only asks after its session, which must not extend it. */
    boolean isStatus(HttpServletRequest request) {
        return !root.isEmpty()
                && request.getMethod().equals("GET")
                && request.getRequestURI().equals(request.getContextPath() + session());
    }
}
