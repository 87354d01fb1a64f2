package dev.postern.http.request;

import dev.postern.session.request.RequestLogin;
import jakarta.servlet.http.HttpServletRequest;

/** The login of a request, in the attribute of the server's own request where all parts of the library read it. */
public final class LoginAttribute {

    private LoginAttribute() {}

    /** The login that an earlier step of this request has found; anonymous when there was none. */
    public static RequestLogin of(HttpServletRequest request) {
        return RequestLogin.of(UnwrappedRequest.of(request).getAttribute(RequestLogin.ATTRIBUTE));
    }

    /** From now on this is the login of the request. */
    public static RequestLogin set(HttpServletRequest request, RequestLogin login) {
        UnwrappedRequest.of(request).setAttribute(RequestLogin.ATTRIBUTE, login);
        return login;
    }
}
