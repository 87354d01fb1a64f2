package dev.postern.http.request;

import dev.postern.session.request.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Where a browser that was refused is sent: the login page, with the address that it has asked for. Scripts and other
 * clients are not sent there, since they cannot fill in a form.
 */
public final class LoginLink {

    private LoginLink() {}

    /** Notes the link for this request, if there is a login page and a browser would show it. */
    public static void note(HttpServletRequest request, EndpointPaths endpoints) {
        if (endpoints.hasLoginPage() && isNavigation(request)) {
            String page = request.getServletContext().getContextPath() + endpoints.loginPage();
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            String link = ReturnAddress.parse(request.getRequestURI() + query)
                    .map(asked -> page + asked.query())
                    .orElse(page);
            UnwrappedRequest.of(request).setAttribute(RequestLogin.LOGIN_PAGE, link);
        }
    }

    /** Sends the browser to the login page, by {@code 303}; false for another client, whose response is as it was. */
    public static boolean follow(HttpServletRequest request, HttpServletResponse response) {
        if (UnwrappedRequest.of(request).getAttribute(RequestLogin.LOGIN_PAGE) instanceof String address) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", address);
            return true;
        }
        return false;
    }

    /**
     * Whether a browser loads a page of its own: by Fetch Metadata where the browser sends it, else by the media type
     * of XHTML, which all browsers ask for. Other clients ask for HTML too: Java's own does by default.
     */
    private static boolean isNavigation(HttpServletRequest request) {
        if (!request.getMethod().equals("GET") || request.getHeader("Authorization") != null) {
            return false;
        }
        String mode = request.getHeader("Sec-Fetch-Mode");
        if (mode != null) {
            return mode.equals("navigate") && "document".equals(request.getHeader("Sec-Fetch-Dest"));
        }
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("application/xhtml+xml")
                && request.getHeader("X-Requested-With") == null;
    }
}
