package dev.postern.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postern.testing.TestRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/**
 * Whatever stands in the headers {@code Cookie} and {@code Authorization}: one token, the only one that is presented, or none. An
 * input is the lines of a request.
 */
class TokenTransportFuzz {

    private static final String COOKIE = "__Host-postern";

    private final TokenTransport transport = new TokenTransport(
            new SessionCookie(
                    new CookieAttributes(
                            COOKIE, "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, true, false)),
                    PlainHttpPolicy.LOOPBACK),
            new BearerHeader(true));

    @Tag("S-20")
    @Tag("S-69")
    @Tag("S-86")
    @Tag("G7")
    @FuzzTest(maxDuration = "2s")
    void read(byte[] input) {
        TestRequest told = new TestRequest();
        List<String> lines =
                new String(input, StandardCharsets.ISO_8859_1).lines().toList();
        lines.forEach(line -> tell(told, line));
        HttpServletRequest request = told.get();

        List<String> all = transport.all(request);

        assertThat(transport.read(request))
                .isEqualTo(
                        isBesideABearerToken(lines)
                                ? List.of()
                                : all.stream().distinct().toList());
        assertThat(transport.hasCookie(request))
                .isEqualTo(cookies(lines).findAny().isPresent());
        assertThat(all).hasSizeGreaterThanOrEqualTo((int)
                cookies(lines).limit(SessionCookie.MOST).count());
    }

    /** Whether there is a bearer token, and something else that could count. */
    private static boolean isBesideABearerToken(List<String> lines) {
        List<String> credentials = lines.stream()
                .filter(line -> line.startsWith("Authorization: "))
                .map(line -> line.substring("Authorization: ".length()).toLowerCase(Locale.ROOT))
                .toList();
        boolean isBearer = credentials.stream().anyMatch(text -> text.equals("bearer") || text.startsWith("bearer "));
        return isBearer && (credentials.size() > 1 || cookies(lines).findAny().isPresent());
    }

    private static void tell(TestRequest request, String line) {
        for (String name : List.of("Cookie", "Authorization")) {
            if (line.startsWith(name + ": ")) {
                request.header(name, line.substring(name.length() + 2));
            }
        }
    }

    /** The cookies of the name, found another way. */
    private static Stream<String> cookies(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("Cookie: "))
                .flatMap(line -> Stream.of(line.substring("Cookie: ".length()).split(";")))
                .filter(cookie -> cookie.stripLeading().startsWith(COOKIE + "="));
    }
}
