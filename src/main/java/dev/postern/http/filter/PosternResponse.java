package dev.postern.http.filter;

import dev.postern.http.crosssite.Cors;
import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.CacheHeaders;
import dev.postern.http.transport.TokenHeaders;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response that keeps its {@link TokenHeaders} when the application resets or replaces them. Once it carries a token,
 * the application cannot set the headers of caches either: a cached answer would sign the next visitor in as this one
 * (Flask CVE-2023-30861). Other answers are the application's own.
 *
 * <p>For one request.
 */
public final class PosternResponse extends HttpServletResponseWrapper {

    /** Headers of ours that an application overwrites by setting them. */
    private static final Set<String> OURS = Set.of("set-cookie", "vary", BearerHeader.TOKEN.toLowerCase(Locale.ROOT));

    private final HttpServletRequest request;

    public PosternResponse(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (isFree(name)) {
            super.setHeader(name, value);
            restoreAfter(name);
        }
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        if (isFree(name)) {
            super.addHeader(name, value);
            restoreAfter(name);
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

    @Override
    public void addCookie(Cookie cookie) {
        if (TokenHeaders.of(request)
                .filter(headers -> headers.areOfCookie(cookie.getName()))
                .isEmpty()) {
            super.addCookie(cookie);
        }
    }

    @Override
    public void reset() {
        super.reset();
        restore();
    }

    @Override
    public void sendError(int status) throws IOException {
        restore(status);
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        restore(status);
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        restore();
        super.sendRedirect(location);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        restore();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        restore();
        return super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        restore();
        super.flushBuffer();
    }

    /**
     * Restores headers that a container has removed from the response, after a failure for instance.
     */
    void restore() {
        restore(getStatus());
    }

    private void restore(int status) {
        Cors.shareClaimed(request, (HttpServletResponse) getResponse(), status);
        TokenHeaders.of(request).ifPresent(headers -> headers.restore((HttpServletResponse) getResponse()));
    }

    private void restoreAfter(String name) {
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            restore();
        }
    }

    private boolean isFree(String name) {
        return !CacheHeaders.guards(name) || TokenHeaders.of(request).isEmpty();
    }
}
