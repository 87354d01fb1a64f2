package dev.postern.http;

import java.time.Duration;
import java.util.Optional;

/**
 * The name and the attributes of the session cookie. The cookie that sets and the one that removes come from the same
 * attributes; otherwise browsers keep the original. It is always {@code HttpOnly}.
 *
 * <p>Immutable.
 */
public record CookieAttributes(String name, String path, Optional<String> domain, Sending sending) {

    private static final String EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT";

    /** The {@code Set-Cookie} line that sets a value; until the browser ends where no age is given. */
    String setting(String value, Optional<Duration> maxAge) {
        return name + "=" + value
                + maxAge.map(age -> "; Max-Age=" + age.toSeconds()).orElse("") + attributes();
    }

    /** The {@code Set-Cookie} line that removes the cookie. */
    String removing() {
        return name + "=; Max-Age=0; Expires=" + EPOCH + attributes();
    }

    private String attributes() {
        return "; Path=" + path + domain.map(name -> "; Domain=" + name).orElse("") + sending;
    }
}
