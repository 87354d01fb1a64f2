package dev.postern.http.transport;

import static dev.postern.http.TestDesk.COOKIE;
import static dev.postern.http.TestDesk.askingForBearer;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.http.TestServer.SESSION;
import static dev.postern.http.TestServer.SESSIONS;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.RENEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.http.TestDesk;
import dev.postern.http.TestServer;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a client sends that may use bearer tokens, and what it gets where: RFC 6750, section 3.1, and RFC 9110, section 15.5.2. The
 * answers are written out here, and nowhere else.
 */
@Tag("S-36")
@Tag("S-88")
@Tag("S-89")
class BearerMatrixTest {

    private static final int LATE_GRACES = 4;

    private TestDesk desk = new TestDesk();

    @ParameterizedTest
    @CsvSource(textBlock = """
        # sent,                      public page,         protected page,      who am I,            my sessions,         sign-out,            sign-in,             wrong password
        nothing,                     200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        other scheme,                200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern

        good cookie,                 200 ann,             200 ann,             200,                 -,                   204,                 201,                 401 Postern
        bad cookie,                  200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        over cookie,                 200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        late cookie,                 200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        reused cookie,               200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        same cookie twice,           200 ann,             200 ann,             200,                 -,                   204,                 201,                 401 Postern
        good + bad cookie,           200 ann,             200 ann,             200,                 -,                   204,                 201,                 401 Postern
        two good cookies,            200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        two bad cookies,             200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern
        good and too many cookies,   200,                 401 Postern,         401 Postern,         401 Postern,         204,                 201,                 401 Postern

        good bearer,                 200 ann,             200 ann,             200,                 -,                   204,                 201,                 401 Postern
        bad bearer,                  200,                 401 invalid_token,   401 invalid_token,   401 invalid_token,   204,                 201,                 401 Postern
        over bearer,                 200,                 401 invalid_token,   401 invalid_token,   401 invalid_token,   204,                 201,                 401 Postern
        late bearer,                 200,                 401 invalid_token,   401 invalid_token,   401 invalid_token,   204,                 201,                 401 Postern
        reused bearer,               200,                 401 invalid_token,   401 invalid_token,   401 invalid_token,   204,                 201,                 401 Postern
        empty bearer,                200,                 401 invalid_token,   401 invalid_token,   401 invalid_token,   204,                 201,                 401 Postern
        spaced bearer,               200,                 401 invalid_token,   401 invalid_token,   401 invalid_token,   204,                 201,                 401 Postern

        good cookie + good bearer,   400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        good cookie + bad bearer,    400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        good cookie + empty bearer,  400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        bad cookie + good bearer,    400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        good bearer + good bearer,   400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        bad bearer + good bearer,    400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        other scheme + good bearer,  400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request, 400 invalid_request
        good cookie + other scheme,  200 ann,             200 ann,             200,                 -,                   204,                 201,                 401 Postern
        """)
    void answersAsTheTableSays(
            String sent,
            String publicPage,
            String protectedPage,
            String whoAmI,
            String mySessions,
            String signOut,
            String signIn,
            String wrongPassword) {
        assertThat(answer(sent, (server, request) -> server.page(request, false)))
                .isEqualTo(publicPage);
        assertThat(answer(sent, (server, request) -> server.page(request, true)))
                .isEqualTo(protectedPage);
        assertThat(answer(sent, (server, request) -> problem(server.endpoint(request, "GET", SESSION))))
                .isEqualTo(whoAmI);
        if (!mySessions.equals("-")) { // the list of the caller's sessions comes from elsewhere
            assertThat(answer(sent, (server, request) -> problem(server.endpoint(request, "GET", SESSIONS))))
                    .isEqualTo(mySessions);
        }
        assertThat(answer(sent, (server, request) -> problem(server.endpoint(request, "DELETE", SESSION))))
                .isEqualTo(signOut);
        assertThat(answer(sent, (server, request) -> problem(server.signIn(request, "right"))))
                .isEqualTo(signIn);
        assertThat(answer(sent, (server, request) -> problem(server.signIn(request, "wrong"))))
                .isEqualTo(wrongPassword);
    }

    @Test
    @Tag("S-89")
    void askNobodyWhatTwoCredentialsAreWorth() {
        TestRequest request = request("good cookie + good bearer");
        int reads = desk.sessions.cache().reads();
        int writes = desk.sessions.cache().writes();
        desk.sessions.twin().setBroken(true);

        TestResponse response = new TestServer(desk, desk.guard).page(request, true);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.headers(Challenge.HEADER)).containsExactly("Bearer error=\"invalid_request\"");
        assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
        assertThat(response.headers("Set-Cookie")).isEmpty();
        assertThat(desk.sessions.cache().reads()).isEqualTo(reads);
        assertThat(desk.sessions.cache().writes()).isEqualTo(writes);
    }

    @Test
    void headerIsNothingWhereBearerTokensAreOff() {
        CookieAttributes attributes = new CookieAttributes(
                COOKIE, "/", Optional.empty(), new CookieAttributes.Flags(SameSite.LAX, true, false));
        TokenTransport cookies =
                new TokenTransport(new SessionCookie(attributes, PlainHttpPolicy.NEVER), new BearerHeader(false));
        TestRequest request = withBearer("any").header("Cookie", COOKIE + "=abc");

        assertThat(cookies.isAmbiguous(request.get())).isFalse();
        assertThat(cookies.read(request.get())).contains("abc");
        assertThat(cookies.challenge(request.get())).isEqualTo("Postern");
    }

    /** An answer of an endpoint of ours, which says in a sentence what is wrong, if anything is (RFC 9457). */
    private static TestResponse problem(TestResponse response) {
        if (response.status() >= 400) {
            assertThat(response.headers("Content-Type")).containsExactly("application/problem+json");
            assertThat(response.text())
                    .matches("\\{\"title\":\"[A-Z][A-Za-z ]+\",\"status\":" + response.status()
                            + ",\"detail\":\"[A-Z][^\"]*\\.\"}");
        }
        return response;
    }

    /** What a client of a new desk gets that sends this. */
    private String answer(String sent, BiFunction<TestServer, TestRequest, TestResponse> call) {
        desk = new TestDesk();
        TestRequest request = request(sent);
        return answer(call.apply(new TestServer(desk, desk.guard), request));
    }

    /** From a page of its own, if it is a browser. */
    private TestRequest request(String sent) {
        TestRequest request = new TestRequest().header("Sec-Fetch-Site", "same-origin");
        List.of(sent.split(" \\+ ")).forEach(part -> add(part, request));
        return request;
    }

    private void add(String part, TestRequest request) {
        switch (part) {
            case "nothing" -> {}
            case "other scheme" -> request.header("Authorization", "Basic YW5uOnJpZ2h0");
            case "empty bearer" -> request.header("Authorization", "Bearer");
            case "spaced bearer" -> request.header("Authorization", "Bearer " + token("good") + " x");
            case "same cookie twice" -> addCookies(request, Collections.nCopies(2, token("good")));
            case "good" -> addCookies(request, List.of(token("good")));
            case "two good cookies" -> addCookies(request, List.of(token("good"), token("good")));
            case "two bad cookies" -> addCookies(request, List.of(token("bad"), token("bad")));
            case "good and too many cookies" -> {
                addCookies(
                        request,
                        IntStream.range(0, 50).mapToObj(Integer::toString).toList());
                addCookies(request, List.of(token("good")));
            }
            default -> {
                String token = token(part.substring(0, part.indexOf(' ')));
                if (part.endsWith("cookie")) {
                    request.header("Cookie", COOKIE + "=" + token);
                } else {
                    request.header("Authorization", "Bearer " + token);
                }
            }
        }
    }

    private static void addCookies(TestRequest request, List<String> values) {
        request.header(
                "Cookie", values.stream().map(value -> COOKIE + "=" + value).collect(Collectors.joining("; ")));
    }

    private String token(String kind) {
        String token =
                desk.signIn(askingForBearer(), TestDesk.ANN, false).tokens().get(0);
        switch (kind) {
            case "good" -> {}
            case "bad" -> token = token.substring(1) + "A";
            case "over" -> desk.signOut(withBearer(token));
            case "late" -> outdate(token, 1);
            case "reused" -> outdate(token, LATE_GRACES);
            default -> throw new IllegalArgumentException(kind);
        }
        return token;
    }

    /** So many graces after the token's successor has come into use. */
    private void outdate(String token, int graces) {
        desk.sessions.twin().pass(RENEW);
        String successor = desk.resume(withBearer(token)).tokens().get(0);
        assertThat(desk.resume(withBearer(successor)).user()).isEqualTo("ann");
        desk.sessions.twin().pass(GRACE.multipliedBy(graces));
    }

    /** The status, and the challenge or the user. Whoever is not let in gets no token either. */
    private static String answer(TestResponse response) {
        List<String> challenges = response.headers(Challenge.HEADER);
        if (response.status() >= 400) {
            assertThat(response.headers("Set-Cookie")).isEmpty();
            assertThat(response.headers(BearerHeader.TOKEN)).isEmpty();
            assertThat(challenges).hasSize(1);
            return response.status() + " " + challenges.get(0).replaceFirst("^Bearer error=\"([a-z_]+)\"$", "$1");
        }
        assertThat(challenges).isEmpty();
        return (response.status() + " " + String.join(",", response.headers("User"))).strip();
    }
}
