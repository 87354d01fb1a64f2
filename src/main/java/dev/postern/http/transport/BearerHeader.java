package dev.postern.http.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The transport for clients that are no browsers: the token comes as a bearer token (RFC 6750, section 2.1), and goes
 * back in a header of its own. Does nothing unless the settings allow it.
 *
 * <p>Immutable.
 */
public record BearerHeader(boolean isEnabled) {

    /** The header in which a client gets its token, and each successor. */
    public static final String TOKEN = "Postern-Token";

    /** The header with which a client says at sign-in that it wants no cookie. */
    public static final String TRANSPORT = "Postern-Transport";

    private static final Pattern CREDENTIALS = Pattern.compile("(?i:Bearer) +([^ ]+) *");
    private static final Pattern SCHEME = Pattern.compile("(?i:Bearer)( .*)?", Pattern.DOTALL);

    /** Whether a client that signs in brings a bearer token, or asks for one. */
    boolean isUsedBy(HttpServletRequest request) {
        return isEnabled && (isAskedFor(request) || read(request).isPresent());
    }

    /** Whether the client wants its token in a header, allowed or not. */
    boolean isAskedFor(HttpServletRequest request) {
        return "bearer".equalsIgnoreCase(request.getHeader(TRANSPORT));
    }

    /** Whether the client presents a bearer token, readable or not. */
    boolean isPresented(HttpServletRequest request) {
        return isEnabled
                && all(request).stream()
                        .anyMatch(header -> SCHEME.matcher(header).matches());
    }

    /** Whether it presents one beside other credentials in the same header, so that it is unknown which counts. */
    boolean isOneOfMany(HttpServletRequest request) {
        return isPresented(request) && all(request).size() > 1;
    }

    /** The token; empty if there is none, or more than one. */
    Optional<String> read(HttpServletRequest request) {
        List<String> headers = all(request);
        Matcher credentials = CREDENTIALS.matcher(headers.size() == 1 ? headers.get(0) : "");
        return credentials.matches() ? Optional.of(credentials.group(1)) : Optional.empty();
    }

    private List<String> all(HttpServletRequest request) {
        return isEnabled ? Collections.list(request.getHeaders("Authorization")) : List.of();
    }

    void send(HttpServletRequest request, HttpServletResponse response, String token) {
        TokenHeaders.setBearer(request, response, token);
    }

    /**
     * Takes back a token that this response was about to send, after a sign-out in the same request.
     */
    void remove(HttpServletRequest request, HttpServletResponse response) {
        if (response.containsHeader(TOKEN)) {
            TokenHeaders.setBearer(request, response, "");
        }
    }
}
