package dev.postern.http.request;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser goes when its user has signed in: a path of the same origin, with its query. The maker of the link to
 * the login page chooses it, so nothing that leads to another origin is one: no open redirect.
 *
 * <p>Immutable.
 *
 * @param path begins with one slash; visible ASCII without a backslash, at most {@value #MOST} characters
 */
public record ReturnAddress(String path) {

    /** The parameter of the login page. */
    public static final String PARAMETER = "return";

    private static final int MOST = 2000;

    /** The address; empty if the text is null or no path of this origin. */
    public static Optional<ReturnAddress> parse(@Nullable String text) {
        if (text == null || text.length() > MOST || !text.startsWith("/") || text.startsWith("//")) {
            return Optional.empty();
        }
        return text.chars().allMatch(ReturnAddress::isAllowed)
                ? Optional.of(new ReturnAddress(text))
                : Optional.empty();
    }

    /** The address in the query of a request, whose other parameters are ignored; empty if there is none. */
    public static Optional<ReturnAddress> ofQuery(@Nullable String query) {
        return Stream.of((query == null ? "" : query).split("&", -1))
                .filter(pair -> pair.startsWith(PARAMETER + "="))
                .findFirst()
                .flatMap(pair -> decoded(pair.substring(PARAMETER.length() + 1)))
                .flatMap(ReturnAddress::parse);
    }

    /** The query that hands the address on. */
    public String query() {
        return "?" + PARAMETER + "=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Browsers take a backslash for a slash, and leave out control characters. */
    private static boolean isAllowed(int each) {
        return each > ' ' && each < 0x7f && each != '\\';
    }
}
