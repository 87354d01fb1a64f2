package dev.postern.http.request;

import dev.postern.session.request.RequestLogin;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The server's own request inside the wrappers of filters, and the login that all parts of the library read there. A
 * wrapper may keep attributes to itself, and the mechanism never sees the wrapper.
 */
public final class UnwrappedRequest {

    private UnwrappedRequest() {}

    public static HttpServletRequest of(HttpServletRequest request) {
        return (HttpServletRequest) of((ServletRequest) request);
    }

    public static ServletRequest of(ServletRequest request) {
        ServletRequest inside = request;
        while (inside instanceof ServletRequestWrapper wrapper) {
            inside = wrapper.getRequest();
        }
        return inside;
    }

    /** The login that an earlier step of this request has found; anonymous if there is none. */
    public static RequestLogin login(HttpServletRequest request) {
        return RequestLogin.of(of(request).getAttribute(RequestLogin.ATTRIBUTE));
    }

    /** Replaces the login of the request. */
    public static RequestLogin setLogin(HttpServletRequest request, RequestLogin login) {
        of(request).setAttribute(RequestLogin.ATTRIBUTE, login);
        return login;
    }
}
