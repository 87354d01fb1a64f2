package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Pause;
import dev.postern.it.Reply;
import dev.postern.it.app.AdminServlet;
import dev.postern.it.app.GuardedServlet;
import dev.postern.it.app.Orders;
import dev.postern.it.app.TestApplication;
import dev.postern.it.guest.factor.Clerks;
import dev.postern.it.guest.factor.Codes;
import dev.postern.it.guest.factor.other.Managers;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application whose clerks need a second factor. */
@Tag("S-17")
@OnWildFlyByDay
class SecondFactorIT {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TEXT = "text/plain";
    private static final String HALF = "__Host-half-postern-factor";
    private static final String CHALLENGE = "Postern error=\"insufficient_user_authentication\", acr_values=\"mfa\"";

    @RegisterExtension
    static final Guest FACTOR = guest("factor", Map.of());

    /** Has little time for the second factor, and a page for it. */
    @RegisterExtension
    static final Guest HASTY = guest(
            "hasty",
            Map.of(
                    "postern.sign-in.second-factor-within",
                    "PT10S",
                    "postern.endpoints.login-page",
                    "true",
                    "postern.endpoints.second-factor-page",
                    "/code"));

    @RegisterExtension
    static final Guest TWO = Guest.war(
                    "two-factors",
                    war -> war.addClasses(TestApplication.class, Orders.class, Clerks.class, Managers.class))
            .perhapsRefused();

    private final Browser browser = new Browser();

    private static Guest guest(String name, Map<String, String> settings) {
        return Guest.war(
                name,
                war -> war.addPackage(Codes.class.getPackage())
                        .addClasses(TestApplication.class, Orders.class, GuardedServlet.class, AdminServlet.class),
                settings);
    }

    private static URI uri(String path) {
        return FACTOR.uri(path);
    }

    /** The servlet says that nothing is left to complete, and the resource lets nobody in. */
    private static void isOver(Browser browser, Guest guest) {
        browser.get(guest.uri("api/codes")).isUnauthorized();
        browser.post(guest.uri("api/codes"), TEXT, Codes.RIGHT).isUnauthorized();
        browser.post(guest.uri("code"), FORM, "code=" + Codes.RIGHT)
                .has(200)
                .changesNoCookie()
                .hasBody()
                .isEqualTo("NOT_HALF_WAY");
    }

    @Test
    void twoBeansThatAskForOneStopTheDeployment() {
        assertThat(TWO.isDeployed()).isFalse();
        assertThat(TWO.log())
                .contains("This application has several beans of the type SecondFactor")
                .contains(Clerks.class.getName())
                .contains(Managers.class.getName());
    }

    @Test
    void passwordAloneOpensNothing() {
        Reply reply = browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);
        assertThat(reply.headers("WWW-Authenticate")).containsExactly(CHALLENGE);
        reply.setsTheCookie(HALF + "=TOKEN; Max-Age=300; Expires=DATE; Path=/; Secure; HttpOnly; SameSite=Lax");
        reply.isKeptFromCaches();

        browser.get(uri("postern/session")).isUnauthorized();
        browser.get(uri("postern/sessions")).isUnauthorized();
        browser.get(uri("api/orders")).isUnauthorized();
        browser.get(uri("guarded")).isUnauthorized();
        browser.get(uri("api/codes/clerks")).isUnauthorized();
        browser.get(uri("api/codes/strong")).isUnauthorized();
        browser.get(uri("api/strong")).isUnauthorized();
        browser.get(uri("api/orders/greeting")).has(200).hasBody().isEqualTo("hello ");
        String half = browser.cookie(HALF).orElseThrow();
        Browser.getWith(uri("api/orders"), "__Host-postern-factor=" + half).isUnauthorized();
    }

    @Test
    void halfWayIsWhatIsMarkedForIt() {
        browser.get(uri("api/codes")).isUnauthorized();
        browser.get(uri("code")).has(200).hasBody().isEqualTo("half=\nuser=\ncontainer=null");
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);

        browser.get(uri("api/codes")).has(200).hasBody().isEqualTo("half=clerk\nuser=");
        browser.get(uri("code")).has(200).hasBody().isEqualTo("half=clerk\nuser=\ncontainer=null");
        Browser.getWith(uri("api/codes"), HALF + "=forged").isUnauthorized();
    }

    @Test
    void userWhoNeedsNoneIsSignedInByThePasswordAndMayGoWhereHalfWayIsEnough() {
        browser.signIn(FACTOR.root(), "customer", "customer-pw").has(201);

        browser.get(uri("api/codes")).has(200).hasBody().isEqualTo("half=\nuser=customer");
        Reply strong = browser.get(uri("api/strong")).has(401);
        assertThat(strong.headers("WWW-Authenticate"))
                .containsExactly("Postern error=\"insufficient_user_authentication\","
                        + " error_description=\"Sign in again\", acr_values=\"hwk mfa\"");
    }

    @Test
    void rightCodeCompletesTheSignIn() {
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);
        Browser stale = browser.copy();

        Reply completed = browser.post(uri("api/codes"), TEXT, Codes.RIGHT).has(200);

        completed.hasBody().isEqualTo("SIGNED_IN");
        completed.hasSetCookies().hasSize(2);
        assertThat(browser.cookie(HALF)).isEmpty();
        Reply session = browser.get(uri("postern/session")).has(200);
        session.hasBody().contains("\"amr\":[\"mfa\",\"otp\",\"pwd\"]");
        browser.get(uri("api/orders")).has(200);
        browser.get(uri("guarded")).has(200);
        browser.get(uri("api/codes/clerks")).has(200);
        browser.get(uri("api/codes/strong")).has(200);
        browser.get(uri("api/strong")).has(200);
        isOver(stale, FACTOR);
    }

    @Test
    void servletCompletesAsWell() {
        browser.signIn(FACTOR.root(), "chief", "chief-pw").has(401);

        browser.post(uri("code"), FORM, "code=" + Codes.RIGHT)
                .has(200)
                .hasBody()
                .isEqualTo("SIGNED_IN");

        browser.get(uri("guarded")).has(200);
    }

    @Test
    void ofTwoCompletionsAtOnceOneWins() {
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);
        List<Browser> racers = Stream.generate(browser::copy).limit(4).toList();

        List<String> results = racers.stream()
                .map(racer -> CompletableFuture.supplyAsync(() ->
                        racer.post(uri("code"), FORM, "code=" + Codes.RIGHT).body()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(results).containsOnlyOnce("SIGNED_IN").containsOnly("SIGNED_IN", "NOT_HALF_WAY");
    }

    @Test
    void signOutGivesUpTheSignIn() {
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);
        Browser stale = browser.copy();

        browser.signOut(FACTOR.root()).has(204);

        assertThat(browser.cookie(HALF)).isEmpty();
        stale.get(uri("api/codes")).isUnauthorized();
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);
        browser.delete(uri("code")).has(204);
        assertThat(browser.cookie(HALF)).isEmpty();
    }

    @Test
    void endOfAllSessionsMakesItVoid() {
        Browser operator = new Browser();
        operator.signIn(FACTOR.root(), "manager", "manager-pw").has(201);
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);

        operator.post(uri("admin"), FORM, "do=revoke-all&user=clerk").has(200);

        isOver(browser, FACTOR);
    }

    @Test
    void otherSiteCompletesNothing() {
        browser.signIn(FACTOR.root(), "clerk", "clerk-pw").has(401);

        browser.sending("Sec-Fetch-Site", "cross-site")
                .post(uri("api/codes"), TEXT, Codes.RIGHT)
                .isForbidden();
    }

    @Test
    void wrongCodesAreBoundedAndThenThePasswordWaitsToo() {
        browser.signIn(HASTY.root(), "chief", "chief-pw").has(401);
        Browser other = new Browser();
        other.signIn(HASTY.root(), "chief", "chief-pw").has(401);

        for (int tries = 0; tries < 5; tries++) {
            browser.post(HASTY.uri("api/codes"), TEXT, "wrong")
                    .has(403)
                    .hasBody()
                    .isEqualTo("WRONG_FACTOR");
        }

        isOver(browser, HASTY);
        other.post(HASTY.uri("api/codes"), TEXT, Codes.RIGHT).has(403).hasBody().isEqualTo("TOO_MANY_FAILURES");
        new Browser().signIn(HASTY.root(), "chief", "chief-pw").has(429);
    }

    @Test
    void signInThatIsNotCompletedInTimeIsOver() {
        browser.signIn(HASTY.root(), "clerk", "clerk-pw").has(401);
        browser.get(HASTY.uri("api/codes")).has(200);

        Pause.ofMillis(10_100);

        isOver(browser, HASTY);
    }

    @Test
    void loginPageSendsTheBrowserToThePageForTheCode() {
        Browser person = new Browser().sending("Accept", "text/html");

        Reply asked = person.post(
                        HASTY.uri("postern/login?return=%2Fhasty%2Fguarded"), FORM, "username=clerk&password=clerk-pw")
                .has(303);

        assertThat(asked.header("Location")).isEqualTo("/hasty/code?return=%2Fhasty%2Fguarded");
        asked.isKeptFromCaches();
        person.post(HASTY.uri("code"), FORM, "code=" + Codes.RIGHT)
                .has(200)
                .hasBody()
                .isEqualTo("SIGNED_IN");
        person.get(HASTY.uri("guarded")).has(200);
    }
}
