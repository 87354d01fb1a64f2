package dev.postern.http.request;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The paths of the endpoints.
 *
 * <p>Immutable.
 *
 * @param root the path of all endpoints, below the context path: the setting {@code postern.endpoints.path}, which is
 *     {@code /postern} by default; the empty text if {@code postern.endpoints.enabled} is false
 * @param hasLoginPage whether there is a login page: the setting {@code postern.endpoints.login-page}
 */
public record EndpointPaths(String root, boolean hasLoginPage) {

    /** The name of the servlet behind {@link #session()}. */
    public static final String SESSION_SERVLET = "PosternSession";

    /** The name of the servlet behind {@link #loginPage()}. */
    public static final String LOGIN_SERVLET = "PosternLogin";

    /** The name of the servlet behind {@link #backChannelLogout()}. */
    public static final String LOGOUT_SERVLET = "PosternBackChannelLogout";

    /** The endpoint of the current session. */
    public String session() {
        return root + "/session";
    }

    /** The endpoint of the caller's sessions. */
    public String sessions() {
        return root + "/sessions";
    }

    /** The login page, below the context path. */
    public String loginPage() {
        return root + "/login";
    }

    /** The endpoint at which the identity provider ends sessions. */
    public String backChannelLogout() {
        return root + "/backchannel-logout";
    }

    /** The style sheet of the login page. */
    public String loginStyle() {
        return root + "/login.css";
    }

    /**
     * Whether the request is a sign-in. The mechanism does not resume the session that it carries. What becomes of that
     * session is decided when the credentials in the body have been checked.
     */
    public boolean isSignIn(HttpServletRequest request) {
        return request.getMethod().equals("POST") && (isAt(SESSION_SERVLET, request) || isAt(LOGIN_SERVLET, request));
    }

    /** Whether the request is of the identity provider, and so has no session. */
    public boolean isOfProvider(HttpServletRequest request) {
        return isAt(LOGOUT_SERVLET, request);
    }

    /** Whether the request shows its session or ends it, or shows the login page. None of these extends the session. */
    public boolean isPassive(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD" -> isAt(SESSION_SERVLET, request) || isAt(LOGIN_SERVLET, request);
            case "DELETE" -> isAt(SESSION_SERVLET, request);
            default -> false;
        };
    }

    /** Compares the servlet that the server has found, because a path can be written in many ways (A6). */
    private boolean isAt(String servlet, HttpServletRequest request) {
        return !root.isEmpty() && servlet.equals(request.getHttpServletMapping().getServletName());
    }
}
