package dev.postern.http.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SessionCookieTest {

    private final SessionCookie cookie = new SessionCookie(
            new CookieAttributes(
                    "__Host-postern", "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, true, false)),
            PlainHttpPolicy.LOOPBACK);

    @Test
    void isReadWhereverItStandsAmongOthers() {
        assertThat(read("__Host-postern=abc")).contains("abc");
        assertThat(read("a=1; __Host-postern=abc;b=2")).contains("abc");
        assertThat(read("a=1;__Host-postern=abc")).contains("abc");
        assertThat(read("a=1; b=2")).isEmpty();
    }

    @Test
    @Tag("C4")
    void isReadBetweenQuotesAsClientsOfRfc2965SendIt() {
        assertThat(read("$Version=\"1\"; __Host-postern=\"abc\";$Path=\"/\"")).contains("abc");
        assertThat(read("__Host-postern=\"")).contains("\"");
        assertThat(read("__Host-postern=\"abc")).contains("\"abc");
    }

    /** The pairs of a header are what is between its semicolons, without white space around it. */
    @Test
    void isReadFromEveryHeaderAsItsPairsSay() {
        String[] pieces = {"__Host-postern=", "__Host-postern", "=", "a=1", ";", "; ", " ", "\t", "\u00a0", "\"", "abc"
        };
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder header = new StringBuilder();
            for (int count = random.nextInt(12); count >= 0; count--) {
                header.append(pieces[random.nextInt(pieces.length)]);
            }
            List<String> expected = Stream.of(header.toString().split(";", -1))
                    .map(String::strip)
                    .filter(pair -> pair.startsWith("__Host-postern="))
                    .map(pair -> pair.substring("__Host-postern=".length()))
                    .map(value -> value.replaceFirst("^\"(.*)\"$", "$1"))
                    .distinct()
                    .limit(SessionCookie.MOST + 1)
                    .toList();
            assertThat(read(header.toString()))
                    .as("'%s', seed %d", header, seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void isNotAnotherCookieWhoseNameIsLonger() {
        assertThat(read("x__Host-postern=abc")).isEmpty();
        assertThat(read("__Host-postern-shop=abc")).isEmpty();
    }

    @Test
    @Tag("S-86")
    @Tag("C3")
    void isReadInEveryDifferentValueAndNoMoreThanAFewOfThem() {
        assertThat(read("__Host-postern=abc; __Host-postern=abc")).containsExactly("abc");
        assertThat(cookie.read(new TestRequest()
                        .header("Cookie", "__Host-postern=abc")
                        .header("Cookie", "__Host-postern=def")
                        .get()))
                .containsExactly("abc", "def");
        String many = IntStream.range(0, 1000)
                .mapToObj(number -> "__Host-postern=" + number)
                .collect(Collectors.joining("; "));
        assertThat(read(many)).hasSize(SessionCookie.MOST + 1);
    }

    @Test
    @Tag("S-86")
    void isReadOnlyWhereItMayTravel() {
        String twice = "__Host-postern=abc; a=1; __Host-postern=abc";

        assertThat(cookie.read(new TestRequest()
                        .plain("shop.example", "192.0.2.1")
                        .header("Cookie", twice)
                        .get()))
                .isEmpty();
    }

    @Test
    @Tag("S-78")
    void doesNotTravelOverPlainHttpBetweenMachines() {
        assertThat(readPlain("shop.example", "192.0.2.1")).isEmpty();
        assertThat(readPlain("localhost", "127.0.0.1")).contains("abc");
    }

    @Test
    @Tag("P-18")
    void isTheOnlyOneOfItsNameInAResponseAndTheLast() {
        TestResponse response = new TestResponse();
        response.get().addHeader("Set-Cookie", "__Host-postern=abc; Path=/");
        response.get().addHeader("Set-Cookie", "theirs=1");

        cookie.remove(new TestRequest().get(), response.get());

        assertThat(response.headers("Set-Cookie"))
                .hasSize(2)
                .contains("theirs=1")
                .anyMatch(line -> line.startsWith("__Host-postern=; Max-Age=0"));
    }

    @Test
    @Tag("S-55")
    @Tag("P-96")
    @Tag("V-09")
    @Tag("S-73")
    void marksTheResponseAsOneThatNoCacheMayKeep() {
        TestResponse response = new TestResponse();
        response.get().addHeader("Vary", "Accept");

        cookie.remove(new TestRequest().get(), response.get());
        cookie.remove(new TestRequest().get(), response.get());

        assertThat(response.headers("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers("Vary")).containsExactly("Accept", "Cookie");
    }

    private List<String> read(String header) {
        return cookie.read(new TestRequest().header("Cookie", header).get());
    }

    private List<String> readPlain(String host, String sender) {
        return cookie.read(new TestRequest()
                .plain(host, sender)
                .header("Cookie", "__Host-postern=abc")
                .get());
    }
}
