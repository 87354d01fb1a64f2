package dev.postern.http.crosssite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Challenge;
import dev.postern.http.filter.PosternResponse;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("C12")
class CorsTest {

    private static final String ALLOWED = "Access-Control-Allow-Origin";

    private final Cors cors =
            new Cors(Set.of(new Origin("https", "app.example", 443), new Origin("capacitor", "localhost", -1)));
    private final TestResponse response = new TestResponse();

    @ParameterizedTest
    @CsvSource({
        "https://app.example, true",
        "https://APP.example:443, true",
        "capacitor://localhost, true",
        "https://app.example.org, false",
        "http://app.example, false",
        "https://app.example:444, false",
        "capacitor://localhost:80, false",
        "capacitor://other, false",
        "null, false",
        "*, false",
        "'', false",
    })
    void sharesAnswersWithTrustedOriginsAlone(String origin, boolean isShared) {
        TestRequest request = asking(origin);

        Cors.share(request.get(), response.get());

        if (isShared) {
            assertThat(response.headers(ALLOWED)).containsExactly(origin);
            assertThat(response.headers("Access-Control-Allow-Credentials")).containsExactly("true");
        } else {
            assertThat(response.headers(ALLOWED)).isEmpty();
        }
        assertThat(response.headers("Vary")).containsExactly("Origin");
    }

    @Test
    void twoOriginsAreNone() {
        TestRequest request =
                new TestRequest().header("Origin", "https://app.example").header("Origin", "https://app.example");
        cors.note(request.get());

        Cors.share(request.get(), response.get());

        assertThat(response.headers(ALLOWED)).isEmpty();
    }

    @Test
    void leavesTheWordToTheApplication() {
        response.get().setHeader(ALLOWED, "*");

        Cors.share(asking("https://app.example").get(), response.get());

        assertThat(response.headers(ALLOWED)).containsExactly("*");
        assertThat(response.headers("Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void saysNothingWhereNoOriginIsTrusted() {
        TestRequest request = new TestRequest().header("Origin", "https://app.example");
        new Cors(Set.of()).note(request.get());

        Cors.share(request.get(), response.get());

        assertThat(response.headers("Vary")).isEmpty();
        assertThat(response.headers(ALLOWED)).isEmpty();
    }

    @Test
    void leavesTheApplicationsAnswersAlone() throws Exception {
        TestRequest request = asking("https://app.example");

        new PosternResponse(request.get(), response.get()).flushBuffer();

        assertThat(response.headers(ALLOWED)).isEmpty();
    }

    @Test
    void sharesWhatIsClaimedAndWhatCarriesOurChallenge() throws Exception {
        TestRequest claimed = asking("https://app.example");
        Cors.claim(claimed.get());
        new PosternResponse(claimed.get(), response.get()).flushBuffer();
        assertThat(response.headers(ALLOWED)).containsExactly("https://app.example");

        TestResponse challenged = new TestResponse();
        challenged.get().setHeader(Challenge.HEADER, Challenge.VALUE);
        new PosternResponse(asking("https://app.example").get(), challenged.get()).flushBuffer();
        assertThat(challenged.headers(ALLOWED)).containsExactly("https://app.example");
    }

    @Test
    void optionsAre204AndPreflightsOfTrustedOriginsKnowWhatTheyMaySend() {
        Cors.answerOptions(
                asking("https://app.example")
                        .header("Access-Control-Request-Method", "POST")
                        .get(),
                response.get(),
                "GET, POST");
        TestResponse stranger = new TestResponse();
        Cors.answerOptions(
                asking("https://stranger.example")
                        .header("Access-Control-Request-Method", "POST")
                        .get(),
                stranger.get(),
                "GET, POST");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers("Access-Control-Allow-Methods")).containsExactly("GET, POST");
        assertThat(response.headers("Access-Control-Allow-Headers"))
                .singleElement()
                .asString()
                .contains("content-type", "authorization", "Postern-Csrf", "Postern-Transport");
        assertThat(stranger.status()).isEqualTo(204);
        assertThat(stranger.headers("Allow")).containsExactly("GET, POST");
        assertThat(stranger.headers("Access-Control-Allow-Methods")).isEmpty();
    }

    private TestRequest asking(String origin) {
        TestRequest request = new TestRequest().header("Origin", origin);
        cors.note(request.get());
        return request;
    }
}
