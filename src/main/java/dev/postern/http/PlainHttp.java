package dev.postern.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Where a request that did not come over TLS may carry and receive the session cookie. */
public enum PlainHttp {
    /** Where the browser and the server are one machine, which browsers take for secure. */
    LOOPBACK,
    NEVER,
    ALWAYS;

    private static final Pattern LOCAL_NAME =
            Pattern.compile("(?i)localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final Pattern LOCAL_ADDRESS =
            Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::|0:0:0:0:0:0:0:)1(%.*)?]?");

    /**
     * Whether the cookie may travel with the request. Both its host and the address of its sender have to be local, so that
     * a proxy on the same machine does not make the whole world local, as long as it passes the host on; behind one that
     * does not, set {@link #NEVER}.
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
                && LOCAL_ADDRESS.matcher(request.getRemoteAddr()).matches();
    }
}
