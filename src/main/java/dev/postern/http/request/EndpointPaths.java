package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The paths of the endpoints.
 *
 * <p>Immutable.
 *
 * @param root the path of all endpoints, below the context path: the setting {@code postern.endpoints.path}, which is
 *     {@code /postern} by default; the empty text if {@code postern.endpoints.enabled} is false
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

    /**
     * Whether the request is a sign-in. The mechanism does not resume the session that it carries. What becomes of that
     * session is decided when the credentials in the body have been checked.
     */
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
