package dev.postern.http.crosssite;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a page: RFC 6454. The port is the one that is used, also where it is left out because it is the
 * scheme's own.
 *
 * <p>Immutable.
 */
public record Origin(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MOST_PORT = 65_535;

    /** The port of a scheme that has none of its own. */
    private static final int NONE = -1;

    /**
     * A scheme, a host and perhaps a port; names in networks of containers have underscores, which no URI may have.
     * Pages of applications and of browsers' extensions have schemes of their own, and perhaps no host. Files of any
     * origin share {@code file}.
     */
    private static final Pattern ALONE = Pattern.compile(
            "(https?(?=://[^:/])|(?!https?:|file:)[a-z][a-z0-9+.-]{0,63})"
                    + "://([a-z0-9._~-]*|\\[[0-9a-f:.]+])(?::(\\d{1,5}))?",
            Pattern.CASE_INSENSITIVE);

    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT).replaceFirst("^\\[(.*)]$", "$1"); // IPv6, which servers show either way
    }

    /** An origin as in the header {@code Origin} and in the settings; empty if the text is anything else. */
    public static Optional<Origin> parse(String text) {
        Matcher parts = ALONE.matcher(text);
        return parts.matches()
                ? port(parts.group(1), parts.group(3)).map(port -> new Origin(parts.group(1), parts.group(2), port))
                : Optional.empty();
    }

    /** The origin of an address as in the header {@code Referer}; empty if it has none. */
    static Optional<Origin> of(String address) {
        return parse(address.replaceFirst("(?<![:/])[/?#].*$", ""));
    }

    private static Optional<Integer> port(String scheme, @Nullable String port) {
        if (port == null) {
            return Optional.of(standard(scheme.toLowerCase(Locale.ROOT)));
        }
        return Optional.of(Integer.parseInt(port)).filter(number -> number <= MOST_PORT);
    }

    private static int standard(String scheme) {
        return switch (scheme) {
            case "https" -> HTTPS;
            case "http" -> HTTP;
            default -> NONE;
        };
    }

    /**
     * Whether a request to {@code other} is a request to this origin. Where TLS ends at a proxy, the server sees plain
     * http, so {@code http} is the same origin as {@code https}.
     */
    boolean isHomeOf(Origin other) {
        return equals(other)
                || (scheme.equals("https")
                        && other.scheme.equals("http")
                        && host.equals(other.host)
                        && (port == other.port || (port == HTTPS && other.port == HTTP)));
    }
}
