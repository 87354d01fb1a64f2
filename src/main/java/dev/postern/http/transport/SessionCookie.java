package dev.postern.http.transport;

import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.token.Token;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;

/**
 * The cookie that carries the token of a session, or of a sign-in that lacks its second factor.
 *
 * <p>Safe for concurrent use.
 */
public final class SessionCookie {

    /** How many cookies of our name are checked: each costs the verification of a tag. */
    static final int MOST = 8;

    private final CookieAttributes attributes;
    private final PlainHttpPolicy plainHttp;
    private final String prefix;

    public SessionCookie(CookieAttributes attributes, PlainHttpPolicy plainHttp) {
        this.attributes = attributes;
        this.plainHttp = plainHttp;
        this.prefix = attributes.name() + "=";
    }

    /** The cookie of a sign-in that lacks its second factor. */
    SessionCookie halfWay() {
        return new SessionCookie(attributes.halfWay(), plainHttp);
    }

    /** Whether the cookie may travel with this request: over TLS, or where the settings allow plain http. */
    boolean isAdmitted(HttpServletRequest request) {
        return plainHttp.admits(request);
    }

    /**
     * The different values of the cookie; empty if the cookie may not travel with this request. We have set at most one
     * of them, and their order has no meaning (RFC 6265bis). More than {@link #MOST} values are too many.
     */
    List<String> read(HttpServletRequest request) {
        List<String> values = isAdmitted(request) ? all(request) : List.of();
        return values.size() > 1 ? values.stream().distinct().toList() : values;
    }

    /** Sends the session's token. A remembered one stays in the browser until its absolute deadline. */
    void send(HttpServletRequest request, HttpServletResponse response, Token token, SessionRow.Active row) {
        SessionTimes times = row.times();
        String value = token.reveal();
        set(
                request,
                response,
                row.isRemembered()
                        ? attributes.setting(
                                value,
                                Duration.between(times.lastSeen(), times.absoluteDeadline()),
                                times.absoluteDeadline())
                        : attributes.setting(value));
    }

    /** Sends a value that is valid for this time. */
    void send(HttpServletRequest request, HttpServletResponse response, String value, Duration age, Instant end) {
        set(request, response, attributes.setting(value, age, end));
    }

    void remove(HttpServletRequest request, HttpServletResponse response) {
        set(request, response, attributes.removing());
    }

    /**
     * The last change of the cookie in a request wins. If the client has several cookies of the name, those with
     * another path or domain are removed, as far as the server can know their path and domain.
     */
    private void set(HttpServletRequest request, HttpServletResponse response, String line) {
        List<String> lines = new ArrayList<>();
        lines.add(line);
        if (all(request).size() > 1) {
            lines.addAll(attributes.removingElsewhere(request.getServerName(), request.getContextPath()));
        }
        TokenHeaders.setCookie(request, response, attributes.name(), lines);
    }

    /**
     * The values of the cookies of this name, usable or not, at most {@link #MOST} and one more. Reads the header
     * itself, because servers parse doubled and quoted cookies in different ways.
     */
    List<String> all(HttpServletRequest request) {
        List<String> values = new ArrayList<>();
        Enumeration<String> headers = request.getHeaders("Cookie");
        while (headers.hasMoreElements()) {
            addAll(headers.nextElement(), values);
        }
        return values;
    }

    private void addAll(String header, List<String> values) {
        int begin = 0;
        while (begin <= header.length()) {
            int semicolon = header.indexOf(';', begin);
            int end = semicolon < 0 ? header.length() : semicolon;
            while (begin < end && Character.isWhitespace(header.charAt(begin))) {
                begin++;
            }
            if (header.startsWith(prefix, begin) && values.size() <= MOST) {
                values.add(
                        unquoted(header.substring(begin + prefix.length(), end).stripTrailing()));
            }
            begin = end + 1;
        }
    }

    /** Clients of RFC 2965 put the value of a remembered cookie between quotes. */
    private static String unquoted(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
