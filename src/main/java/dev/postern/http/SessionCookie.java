package dev.postern.http;

import dev.postern.session.SessionRow;
import dev.postern.session.Times;
import dev.postern.session.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * The cookie that carries the token.
 *
 * <p>Safe for concurrent use.
 */
public final class SessionCookie {

    private static final String SET_COOKIE = "Set-Cookie";

    private final CookieAttributes attributes;
    private final PlainHttp plainHttp;

    public SessionCookie(CookieAttributes attributes, PlainHttp plainHttp) {
        this.attributes = attributes;
        this.plainHttp = plainHttp;
    }

    /** Whether the cookie may travel with this request: over TLS, or where the settings allow plain http. */
    boolean isAdmitted(HttpServletRequest request) {
        return plainHttp.admits(request);
    }

    /**
     * The value of the cookie. Nothing when there is none, when it may not travel with this request, and when there are
     * two: their order means nothing (RFC 6265bis), so one of them was planted.
     */
    Optional<String> read(HttpServletRequest request) {
        List<String> values = admitted(request);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** Whether the cookie may travel with this request, and stands in it more than once. */
    boolean isDoubled(HttpServletRequest request) {
        return admitted(request).size() > 1;
    }

    private List<String> admitted(HttpServletRequest request) {
        return isAdmitted(request) ? all(request) : List.of();
    }

    /** Sends the session's token. A remembered one stays in the browser until its absolute deadline. */
    void send(HttpServletResponse response, Token token, SessionRow.Active row) {
        Times times = row.times();
        String value = token.reveal();
        set(
                response,
                row.isRemembered()
                        ? attributes.setting(
                                value,
                                Duration.between(times.lastSeen(), times.absoluteDeadline()),
                                times.absoluteDeadline())
                        : attributes.setting(value));
    }

    void remove(HttpServletResponse response) {
        set(response, attributes.removing());
    }

    /** Several changes in one request leave one cookie: the last. Nothing that carries one may be kept by a cache. */
    private void set(HttpServletResponse response, String line) {
        List<String> others = new ArrayList<>(response.getHeaders(SET_COOKIE));
        if (others.removeIf(other -> other.startsWith(attributes.name() + "="))) {
            response.setHeader(SET_COOKIE, line);
            others.forEach(other -> response.addHeader(SET_COOKIE, other));
        } else {
            response.addHeader(SET_COOKIE, line);
        }
        NoStore.mark(response);
        NoStore.varyByCookie(response);
    }

    /**
     * The values of all cookies of this name, usable or not. Reads the header itself, because what servers make of doubled
     * or quoted cookies differs.
     */
    List<String> all(HttpServletRequest request) {
        List<String> values = new ArrayList<>();
        String prefix = attributes.name() + "=";
        Enumeration<String> headers = request.getHeaders("Cookie");
        while (headers.hasMoreElements()) {
            for (String pair : headers.nextElement().split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(prefix)) {
                    values.add(unquoted(cookie.substring(prefix.length())));
                }
            }
        }
        return values;
    }

    /** Clients of RFC 2965 put the value of a remembered cookie between quotes. */
    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
