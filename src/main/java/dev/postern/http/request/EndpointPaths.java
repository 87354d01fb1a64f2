package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The paths of the endpoints.
 *
 * <p>Immutable.
 *
 * @param root the path of all endpoints, below the context path; the empty text if they are off
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

    /** Whether the request brings credentials, so that a session that it carries does not count yet. */
    public boolean isSignIn(HttpServletRequest request) {
        return isOnSession(request, "POST");
    }

    /** Whether the request shows its session or ends it. Neither extends the session. */
    public boolean isStatusOrSignOut(HttpServletRequest request) {
        return isOnSession(request, "GET") || isOnSession(request, "HEAD") || isOnSession(request, "DELETE");
    }

    /** Compares the servlet that the server has found, because a path can be written in many ways (A6). */
    private boolean isOnSession(HttpServletRequest request, String method) {
        return !root.isEmpty()
                && request.getMethod().equals(method)
                && SESSION_SERVLET.equals(request.getHttpServletMapping().getServletName());
    }
}
