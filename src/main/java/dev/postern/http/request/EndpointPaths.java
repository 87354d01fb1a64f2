package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Where the endpoints of the jar stand, below the application's context path; the empty text when they are off.
 *
 * <p>Immutable.
 */
public record EndpointPaths(String root) {

    /** The name of the servlet behind {@link #session()}. */
    public static final String SESSION_SERVLET = "PosternSession";

    /** The endpoint of the current session. */
    public String session() {
        return root + "/session";
    }

    /** The endpoint of the caller's sessions. */
    public String sessions() {
        return root + "/sessions";
    }

    /** Whether the request brings credentials, so that the session it may carry is not to count yet. */
    public boolean isSignIn(HttpServletRequest request) {
        return isOnSession(request, "POST");
    }

    /** Whether the request only asks after its session, or ends it: neither must extend it. */
    public boolean isStatusOrSignOut(HttpServletRequest request) {
        return isOnSession(request, "GET") || isOnSession(request, "HEAD") || isOnSession(request, "DELETE");
    }

    /** By the servlet that the server has found, because there are many ways to write a path (A6). */
    private boolean isOnSession(HttpServletRequest request, String method) {
        return !root.isEmpty()
                && request.getMethod().equals(method)
                && SESSION_SERVLET.equals(request.getHttpServletMapping().getServletName());
    }
}
