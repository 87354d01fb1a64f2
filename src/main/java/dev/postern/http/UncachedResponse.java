package dev.postern.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response in which nobody can set what caches go by, from the moment when it carries a token: what is cached would sign the next
 * visitor in as this one (Flask CVE-2023-30861). Other answers are the application's own.
 *
 * <p>For one request.
 */
final class UncachedResponse extends HttpServletResponseWrapper {

    private static final String VARY = "vary";

    private final ServletRequest request;

    UncachedResponse(ServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void setHeader(String name, String value) {
        if (isFree(name)) {
            super.setHeader(name, value);
            keepVary(name);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (isFree(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (isFree(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (isFree(name)) {
            super.addDateHeader(name, date);
        }
    }

    @Override
    public void setIntHeader(String name, int value) {
        if (isFree(name)) {
            super.setIntHeader(name, value);
        }
    }

    @Override
    public void addIntHeader(String name, int value) {
        if (isFree(name)) {
            super.addIntHeader(name, value);
        }
    }

    private boolean isFree(String name) {
        return !NoStore.guards(name) || !NoStore.isKept(request);
    }

    private void keepVary(String name) {
        if (name.equalsIgnoreCase(VARY) && NoStore.isKept(request)) {
            NoStore.varyByCookie((HttpServletResponse) getResponse());
        }
    }
}
