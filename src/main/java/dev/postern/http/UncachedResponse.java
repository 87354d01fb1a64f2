package dev.postern.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Locale;
import java.util.Set;

/**
 * A response in which nobody can set what caches go by, from the moment when it carries a token. Other answers are the
 * application's own.
 *
 * <p>For one request.
 */
final class UncachedResponse extends HttpServletResponseWrapper {

    private static final String VARY = "vary";

    /** The first is RFC 9111's; the others would be taken for a permission by older caches and by the operators' (RFC 9213). */
    private static final Set<String> GUARDED =
            Set.of("cache-control", "expires", "pragma", "cdn-cache-control", "surrogate-control");

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

    private boolean isFree(String name) {
        return !GUARDED.contains(name.toLowerCase(Locale.ROOT)) || !NoStore.isKept(request);
    }

    private void keepVary(String name) {
        if (name.equalsIgnoreCase(VARY) && NoStore.isKept(request)) {
            NoStore.varyByCookie((HttpServletResponse) getResponse());
        }
    }
}
