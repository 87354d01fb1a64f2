package dev.postern.http;

import static dev.postern.http.TestDesk.ANN;
import static dev.postern.http.TestDesk.askingForBearer;
import static dev.postern.http.TestDesk.withBearer;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.RENEW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.TestDesk.Exchange;
import dev.postern.http.transport.BearerHeader;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signing in and out over the header transport. */
class BearerLoginsTest {

    private final TestDesk desk = new TestDesk();
    private final Exchange begun = desk.signIn(askingForBearer(), ANN, false);
    private final String token = begun.tokens().get(0);

    @Test
    @Tag("P-110")
    @Tag("P-112")
    void signInSendsTheTokenInAHeaderAndNoCookie() {
        assertThat(begun.tokens()).hasSize(1);
        assertThat(begun.setCookies()).isEmpty();
        assertThat(begun.response().headers("Cache-Control")).containsExactly("no-store");
        assertThat(desk.resume(withBearer(token)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("P-110")
    void noTokenOrABadOneIsAnonymous() {
        assertThat(desk.resume(withBearer("nonsense")).isAnonymous()).isTrue();
        assertThat(desk.resume(withBearer(token + "A")).isAnonymous()).isTrue();
        assertThat(desk.resume(new TestRequest().header("Authorization", "Basic " + token))
                        .isAnonymous())
                .isTrue();
    }

    @Test
    @Tag("X-38")
    void isChallengedInItsOwnScheme() {
        assertThat(desk.resume(withBearer(token)).login().challenge()).startsWith("Bearer ");
        assertThat(desk.resume(TestDesk.withCookie(desk.cookieOfAnn())).login().challenge())
                .isEqualTo("Postern");
    }

    @Test
    @Tag("P-110")
    @Tag("P-113")
    void renewalSendsTheSuccessorTheSameWay() {
        desk.sessions.twin().pass(RENEW);

        Exchange due = desk.resume(withBearer(token));
        String successor = due.tokens().get(0);

        assertThat(due.setCookies()).isEmpty();
        assertThat(desk.resume(withBearer(token)).user()).isEqualTo("ann");
        assertThat(desk.resume(withBearer(successor)).user()).isEqualTo("ann");
        desk.sessions.twin().pass(GRACE);
        assertThat(desk.resume(withBearer(token)).isAnonymous()).isTrue();
        assertThat(desk.resume(withBearer(successor)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("X-22")
    void twoRenewalsAtOnceEndInOneSuccessor() {
        desk.sessions.twin().pass(RENEW);
        List<String> tokens = new ArrayList<>();
        desk.sessions
                .cache()
                .beforeNextWrite(
                        () -> tokens.addAll(desk.resume(withBearer(token)).tokens()));

        Exchange other = desk.resume(withBearer(token));
        tokens.addAll(other.tokens());

        assertThat(other.user()).isEqualTo("ann");
        assertThat(tokens).hasSize(1);
        assertThat(desk.resume(withBearer(tokens.get(0))).user()).isEqualTo("ann");
    }

    @Test
    @Tag("P-113")
    void renewalWithABadTokenChangesNothing() {
        desk.sessions.twin().pass(RENEW);
        int before = desk.sessions.cache().writes();

        Exchange refused = desk.resume(withBearer(token.substring(1) + "A"));

        assertThat(refused.isAnonymous()).isTrue();
        assertThat(refused.tokens()).isEmpty();
        assertThat(desk.sessions.cache().writes()).isEqualTo(before);
    }

    @Test
    @Tag("P-110")
    @Tag("P-114")
    void signOutEndsTheSessionForEveryTokenOfIt() {
        desk.sessions.twin().pass(RENEW);
        String successor = desk.resume(withBearer(token)).tokens().get(0);

        Exchange out = desk.signOut(withBearer(successor));

        assertThat(out.isAnonymous()).isTrue();
        assertThat(out.setCookies()).isEmpty();
        assertThat(desk.resume(withBearer(token)).isAnonymous()).isTrue();
        assertThat(desk.resume(withBearer(successor)).isAnonymous()).isTrue();
    }

    @Test
    @Tag("P-110")
    void signOutWithABadTokenEndsNothing() {
        desk.signOut(withBearer("nonsense"));

        assertThat(desk.resume(withBearer(token)).user()).isEqualTo("ann");
    }

    @Test
    @Tag("P-18")
    void signOutInTheRequestOfTheSignInTakesTheTokenBack() {
        TestRequest request = askingForBearer();
        TestResponse response = new TestResponse();
        desk.begin(request, response, ANN);

        desk.signOut.end(request.get(), response.get());

        assertThat(response.headers(BearerHeader.TOKEN)).containsExactly("");
    }

    @Test
    @Tag("P-110")
    void cookieAndBearerTokenTogetherAreAnonymous() {
        String cookie = desk.cookieOfAnn();

        Exchange both = desk.resume(withBearer(token).header("Cookie", TestDesk.COOKIE + "=" + cookie));

        assertThat(both.isAnonymous()).isTrue();
        assertThat(both.setCookies()).isEmpty();
        assertThat(both.tokens()).isEmpty();
    }

    @Test
    @Tag("P-110")
    void tokenDoesNotTravelOverPlainHttp() {
        Exchange plain = desk.resume(withBearer(token).plain("shop.example", "192.0.2.1"));

        assertThat(plain.isAnonymous()).isTrue();
    }
}
