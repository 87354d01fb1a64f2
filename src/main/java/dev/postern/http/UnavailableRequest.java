package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A request of which nobody knows who is calling. A container takes him for anonymous, and would do nothing at a sign-out,
 * and so claim that it had worked.
 *
 * <p>For one request thread.
 */
final class UnavailableRequest extends HttpServletRequestWrapper {

    private final HttpServletResponse response;
    private final Logins logins;

    UnavailableRequest(HttpServletRequest request, HttpServletResponse response, Logins logins) {
        super(request);
        this.response = response;
        this.logins = logins;
    }

    @Override
    public void logout() {
        logins.end(this, response);
    }
}
