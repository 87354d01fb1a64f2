package dev.postern.http.transport;

import dev.postern.http.request.UnwrappedRequest;
import dev.postern.http.server.CommitListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of one answer that give the client a token, or remove one. They are kept with the request, because
 * applications and frameworks replace {@code Set-Cookie} and reset responses. Jersey does so if an answer has a cookie
 * of its own (PY-30).
 *
 * <p>For one request.
 */
public final class TokenHeaders {

    private static final String ATTRIBUTE = "dev.postern.token-headers";
    private static final String SET_COOKIE = "Set-Cookie";

    /** The lines of each cookie. */
    private final Map<String, List<String>> cookies = new LinkedHashMap<>();

    private Optional<String> bearer = Optional.empty();

    private TokenHeaders() {}

    /** The headers of the answer to this request; empty if it carries no token. */
    public static Optional<TokenHeaders> of(ServletRequest request) {
        return UnwrappedRequest.of(request).getAttribute(ATTRIBUTE) instanceof TokenHeaders headers
                ? Optional.of(headers)
                : Optional.empty();
    }

    private static TokenHeaders begin(ServletRequest request, HttpServletResponse response) {
        return of(request).orElseGet(() -> {
            TokenHeaders headers = new TokenHeaders();
            UnwrappedRequest.of(request).setAttribute(ATTRIBUTE, headers);
            CommitListener.add(request, response, headers.cookies::keySet, headers::restore);
            return headers;
        });
    }

    /** Sets the cookie of this name by these lines, which replace earlier ones. */
    public static void setCookie(
            ServletRequest request, HttpServletResponse response, String name, List<String> lines) {
        TokenHeaders headers = begin(request, response);
        headers.cookies.put(name, List.copyOf(lines));
        headers.restore(response);
    }

    /** Sends the token in a header of its own, which replaces an earlier one. */
    public static void setBearer(ServletRequest request, HttpServletResponse response, String token) {
        TokenHeaders headers = begin(request, response);
        headers.bearer = Optional.of(token);
        headers.restore(response);
    }

    /** Whether the answer sets or removes the cookie of this name, so that the application cannot. */
    public boolean areOfCookie(String name) {
        return cookies.containsKey(name);
    }

    /**
     * Puts the headers into the answer, without other lines of our cookies, and keeps the answer from caches. Does
     * nothing once the response is committed.
     */
    public void restore(HttpServletResponse response) {
        if (response.isCommitted()) {
            return;
        }
        restoreCookie(response);
        bearer.filter(token ->
                        !List.copyOf(response.getHeaders(BearerHeader.TOKEN)).equals(List.of(token)))
                .ifPresent(token -> response.setHeader(BearerHeader.TOKEN, token));
        CacheHeaders.mark(response);
        if (!cookies.isEmpty()) {
            CacheHeaders.varyByCookie(response);
        }
    }

    private void restoreCookie(HttpServletResponse response) {
        List<String> all = new ArrayList<>(response.getHeaders(SET_COOKIE));
        List<String> ours = all.stream().filter(this::isOurs).toList();
        List<String> lines = cookies.values().stream().flatMap(List::stream).toList();
        if (lines.isEmpty() || ours.equals(lines)) {
            return;
        }
        if (ours.isEmpty()) {
            lines.forEach(line -> response.addHeader(SET_COOKIE, line));
            return;
        }
        all.removeAll(ours);
        all.addAll(0, lines);
        replace(response, all);
    }

    private boolean isOurs(String line) {
        return cookies.keySet().stream().anyMatch(name -> line.startsWith(name + "="));
    }

    private static void replace(HttpServletResponse response, List<String> lines) {
        response.setHeader(SET_COOKIE, lines.get(0));
        lines.subList(1, lines.size()).forEach(line -> response.addHeader(SET_COOKIE, line));
    }
}
