package dev.postern.http.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name and the attributes of the session cookie. The cookie that sets and the one that removes come from the same
 * attributes; otherwise browsers keep the original. It is always {@code HttpOnly}.
 *
 * <p>Immutable.
 */
public record CookieAttributes(String name, String path, Optional<String> domain, Flags flags) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int MOST_DOMAINS = 5;

    /** A host name that is no address. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9.-]*[A-Za-z-][A-Za-z0-9.-]*");

    /** The prefix of a name by which browsers enforce attributes, or none. */
    private static final Pattern HALF_WAY = Pattern.compile("^(__Host-|__Secure-|)");

    private static final String EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT";

    /**
     * The cookie of a sign-in that lacks its second factor. Its name keeps the prefix, and is that of no application's
     * session. Other sites never send it, also where they send that of the session.
     */
    CookieAttributes halfWay() {
        SameSite sameSite = flags.sameSite() == SameSite.STRICT ? SameSite.STRICT : SameSite.LAX;
        return new CookieAttributes(
                HALF_WAY.matcher(name).replaceFirst("$1half-"),
                path,
                domain,
                new Flags(sameSite, flags.isSecure(), false));
    }

    /** The {@code Set-Cookie} line that sets a value until the browser ends. */
    String setting(String value) {
        return name + "=" + value + attributes();
    }

    /**
     * The {@code Set-Cookie} line that sets a value for a time. {@code Expires} is for clients that do not know
     * {@code Max-Age}, or take it for a sign of a cookie of RFC 2965, whose value they quote.
     */
    String setting(String value, Duration age, Instant end) {
        return name + "=" + value + "; Max-Age=" + age.toSeconds() + "; Expires=" + DATE.format(end) + attributes();
    }

    /** The {@code Set-Cookie} line that removes the cookie. */
    String removing() {
        return name + "=; Max-Age=0; Expires=" + EPOCH + attributes();
    }

    /**
     * The lines that remove cookies of this name with another path or domain than ours. The paths are the root, ours
     * and the application's. The domains are the host, ours and those above the host. A longer path cannot be known.
     */
    List<String> removingElsewhere(String host, String contextPath) {
        Set<String> lines = new LinkedHashSet<>();
        boolean isBoundToHost = name.startsWith("__Host-"); // no browser keeps it for anything else
        for (Optional<String> otherDomain : isBoundToHost ? List.of(domain) : domains(host)) {
            for (String otherPath :
                    isBoundToHost ? List.of(path) : List.of(path, "/", contextPath, contextPath + "/")) {
                lines.add(new CookieAttributes(name, otherPath, otherDomain, flags).removing());
                if (flags.isSecure()) {
                    lines.add(new CookieAttributes(name, otherPath, otherDomain, flags.otherPartition()).removing());
                }
            }
        }
        lines.removeIf(line -> line.equals(removing()) || line.contains("; Path=;"));
        return List.copyOf(lines);
    }

    private List<Optional<String>> domains(String host) {
        List<Optional<String>> domains = new ArrayList<>();
        domains.add(Optional.empty());
        domains.add(domain);
        if (NAME.matcher(host).matches()) {
            String above = host;
            while (above.indexOf('.') > 0 && domains.size() < MOST_DOMAINS) {
                domains.add(Optional.of(above));
                above = above.substring(above.indexOf('.') + 1);
            }
        }
        return domains;
    }

    private String attributes() {
        return "; Path=" + path + domain.map(name -> "; Domain=" + name).orElse("") + flags;
    }

    /**
     * The requests with which a browser sends the cookie.
     *
     * <p>Immutable.
     *
     * @param isSecure whether only over TLS
     * @param isPartitioned whether only below the top-level site in whose page it was set, for an application in a
     *     frame of other sites (CHIPS)
     */
    public record Flags(SameSite sameSite, boolean isSecure, boolean isPartitioned) {

        /**
         * These attributes with the other value of {@code Partitioned}. Browsers keep both cookies side by side.
         */
        Flags otherPartition() {
            return new Flags(sameSite, isSecure, !isPartitioned);
        }

        @Override
        public String toString() {
            return (isSecure ? "; Secure" : "") + "; HttpOnly; SameSite=" + sameSite
                    + (isPartitioned ? "; Partitioned" : "");
        }
    }
}
