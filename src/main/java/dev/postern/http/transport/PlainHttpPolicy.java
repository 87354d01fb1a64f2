package dev.postern.http.transport;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Where a request that did not come over TLS may carry and receive the session cookie. */
public enum PlainHttpPolicy {
    /**
     * On the machine of the browser, which browsers take for secure, and in a container on this machine with mapped
     * ports.
     */
    LOOPBACK,
    NEVER,
    ALWAYS;

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
        return LocalAddress.isLoopbackHost(request.getServerName())
                && (LocalAddress.isLoopback(request.getRemoteAddr()) || isMapped(request));
    }

    private static boolean isMapped(HttpServletRequest request) {
        return LocalAddress.isPrivate(request.getRemoteAddr())
                && OF_PROXIES.stream().allMatch(header -> request.getHeader(header) == null);
    }
}
