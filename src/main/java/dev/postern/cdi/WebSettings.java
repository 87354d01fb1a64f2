package dev.postern.cdi;

import dev.postern.http.PlainHttp;
import dev.postern.http.SameSite;
import java.util.Optional;

/**
 * What concerns HTTP: whether the mechanism is on, the cookie, where plain http is allowed, and the endpoints, which are
 * absent when they are off.
 *
 * <p>Immutable.
 */
record WebSettings(boolean isMechanismOn, Cookie cookie, PlainHttp plainHttp, Optional<String> endpoints) {

    /** The cookie as the settings say; its name may be left to the context path. */
    record Cookie(Optional<String> name, String path, Optional<String> domain, SameSite sameSite, boolean isSecure) {

        /** The prefix with which browsers hold the cookie to its attributes (RFC 6265bis, section 4.1.3). */
        String prefix() {
            if (!isSecure) {
                return "";
            }
            return path.equals("/") && domain.isEmpty() ? "__Host-" : "__Secure-";
        }
    }
}
