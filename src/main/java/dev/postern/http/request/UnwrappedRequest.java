package dev.postern.http.request;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The server's own request inside those that filters have put around it. What is known of a request is kept there: a
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
}
