package dev.postern.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The origin of a page: RFC 6454. The port is the one that is used, also where it is left out because it is the scheme's own.
 *
 * <p>Immutable.
 */
public record Origin(String scheme, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final Pattern ALONE = Pattern.compile("https?://[^/?#@\\\\\\s]+", Pattern.CASE_INSENSITIVE);

    public Origin {
        scheme = scheme.toLowerCase(Locale.ROOT);
        host = host.toLowerCase(Locale.ROOT)
                .replaceFirst("^\\[(.*)]$", "$1"); // an IPv6 address, which servers show either way
    }

    /** An origin and no more, as the header {@code Origin} and the settings have it; nothing for anything else. */
    public static Optional<Origin> parse(String text) {
        return ALONE.matcher(text).matches() ? of(text) : Optional.empty();
    }

    /** The origin of an address, as the header {@code Referer} has it; nothing when it has none. */
    static Optional<Origin> of(String address) {
        try {
            URI uri = new URI(address);
            return uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null
                    ? Optional.empty()
                    : portOf(uri).map(port -> new Origin(uri.getScheme(), uri.getHost(), port));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether a page from here may take a request to the other for one to itself. One that came over TLS may, where TLS ends at a
     * proxy, so that the server sees plain http.
     */
    boolean isHomeOf(Origin other) {
        return equals(other)
                || (scheme.equals("https")
                        && other.scheme.equals("http")
                        && host.equals(other.host)
                        && (port == other.port || (port == HTTPS && other.port == HTTP)));
    }

    private static Optional<Integer> portOf(URI uri) {
        if (uri.getPort() >= 0) {
            return Optional.of(uri.getPort());
        }
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "http" -> Optional.of(HTTP);
            case "https" -> Optional.of(HTTPS);
            default -> Optional.empty();
        };
    }
}
