package dev.postern.http.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Where a request that did not come over TLS may carry and receive the session cookie. */
public enum PlainHttpPolicy {
    /**
     * On the machine of the browser, which browsers take for secure, and in a container on this machine with mapped
     * ports.
     */
    LOOPBACK,
    NEVER,
    ALWAYS;

    private static final Pattern LOCAL_NAME =
            Pattern.compile("(?i)localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final Pattern LOCAL_ADDRESS =
            Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::|0:0:0:0:0:0:0:)1(%.*)?]?");

    /** Private networks (RFC 1918, RFC 4193), which include those between containers and their host. */
    private static final Pattern PRIVATE_ADDRESS = Pattern.compile("10(\\.\\d{1,3}){3}|192\\.168(\\.\\d{1,3}){2}"
            + "|172\\.(1[6-9]|2\\d|3[01])(\\.\\d{1,3}){2}|(?i)f[cd][0-9a-f]{2}:[0-9a-f:]+(%.*)?");

    /** Headers that proxies add. The origin of a request through a proxy is unknown. */
    private static final List<String> OF_PROXIES =
            List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via");

    /**
     * Whether the cookie may travel with the request. Both its host and its remote address have to be local. So a proxy
     * on the same machine that passes the host on does not make every client local; behind one that does not, set
     * {@link #NEVER}. A private remote address counts as local if the host is local and no proxy has added a header.
     */
    boolean admits(HttpServletRequest request) {
        return switch (this) {
            case ALWAYS -> true;
            case NEVER -> request.isSecure();
            case LOOPBACK -> request.isSecure() || isLocal(request);
        };
    }

    private static boolean isLocal(HttpServletRequest request) {
        return LOCAL_NAME.matcher(request.getServerName()).matches()
                && (LOCAL_ADDRESS.matcher(request.getRemoteAddr()).matches() || isMapped(request));
    }

    private static boolean isMapped(HttpServletRequest request) {
        return PRIVATE_ADDRESS.matcher(request.getRemoteAddr()).matches()
                && OF_PROXIES.stream().allMatch(header -> request.getHeader(header) == null);
    }
}
