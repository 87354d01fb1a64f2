package dev.postern.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * The name and the attributes of the session cookie. The cookie that sets and the one that removes come from the same
 * attributes; otherwise browsers keep the original. It is always {@code HttpOnly}.
 *
 * <p>Immutable.
 */
public record CookieAttributes(String name, String path, Optional<String> domain, Sending sending) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT";

    /** The {@code Set-Cookie} line that sets a value until the browser ends. */
    String setting(String value) {
        return name + "=" + value + attributes();
    }

    /**
     * The {@code Set-Cookie} line that sets a value for so long, and says when that ends to clients that know no {@code Max-Age}, or
     * take it for a sign of a cookie of RFC 2965, whose value they quote.
     */
    String setting(String value, Duration age, Instant end) {
        return name + "=" + value + "; Max-Age=" + age.toSeconds() + "; Expires=" + DATE.format(end) + attributes();
    }

    /** The {@code Set-Cookie} line that removes the cookie. */
    String removing() {
        return name + "=; Max-Age=0; Expires=" + EPOCH + attributes();
    }

    private String attributes() {
        return "; Path=" + path + domain.map(name -> "; Domain=" + name).orElse("") + sending;
    }
}
