package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Poll;
import dev.postern.it.Reply;
import dev.postern.it.guest.ways.OpenIdCallbackServlet;
import dev.postern.it.guest.ways.OpenIdWay;
import dev.postern.it.guest.ways.OrderServlet;
import dev.postern.it.guest.ways.ProviderRoles;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an application answers whose identity provider is wrong, slow to be right, or away. */
@OnWildFlyByDay
class OpenIdFaultsIT {

    @RegisterExtension
    static final SmallProvider PROVIDER = new SmallProvider();

    /** Is not there when it is needed first. */
    @RegisterExtension
    static final SmallProvider AWAY = new SmallProvider();

    @RegisterExtension
    static final Guest SHOP = guest("openidfaults", PROVIDER, Map.of());

    @RegisterExtension
    static final Guest EARLY = guest("openidearly", AWAY, Map.of());

    /** Asks its provider every second which groups a user has. */
    @RegisterExtension
    static final Guest ASKING = Guest.war(
            "openidroles",
            war -> war.addClasses(
                    OpenIdWay.class, OrderServlet.class, OpenIdCallbackServlet.class, ProviderRoles.class),
            settings(PROVIDER, Map.of("postern.user.reload-every", "PT1S", "postern.session.touch-every", "PT1S")));

    private final Browser browser = new Browser();

    private static Guest guest(String name, SmallProvider provider, Map<String, String> more) {
        return Guest.war(
                name,
                war -> war.addClasses(OpenIdWay.class, OrderServlet.class, OpenIdCallbackServlet.class),
                settings(provider, more));
    }

    private static Map<String, String> settings(SmallProvider provider, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("way.uri", provider.uri().toString());
        settings.put("way.in-session", "false");
        settings.put("way.leading-back", "false");
        return settings;
    }

    @AfterEach
    void tellTheTruth() {
        PROVIDER.tellTheTruth();
        PROVIDER.setGroups("clerk");
    }

    @Test
    void expiredCodeSignsNobodyIn() {
        Reply proven = proven(SHOP);
        PROVIDER.expireCodes();

        assertIsRefused(200, follow(proven));
    }

    @Test
    void anotherStateSignsNobodyIn() {
        Reply proven = proven(SHOP);
        String forged = proven.header("Location").replaceFirst("state=[^&]*", "state=forged");

        assertIsRefused(200, browser.get(URI.create(forged)));
    }

    @Test
    void tokenOfAnotherIssuerSignsNobodyIn() {
        assertIsRefused(500, told(claims -> claims.issuer("https://id.example")));
    }

    @Test
    void tokenForAnotherClientSignsNobodyIn() {
        assertIsRefused(500, told(claims -> claims.audience("office")));
    }

    @Test
    void tokenOfAnotherSignInSignsNobodyIn() {
        assertIsRefused(500, told(claims -> claims.claim("nonce", "of another sign-in")));
    }

    @Test
    void tokenThatIsOverSignsNobodyIn() {
        Instant past = Instant.now().minusSeconds(600);
        assertIsRefused(500, told(claims -> claims.expirationTime(Date.from(past))));
    }

    /** The provider's clock may be a little behind or ahead. */
    @Test
    void clocksMayDiffer() {
        Instant now = Instant.now();
        assertIsSignedIn(told(claims -> claims.issueTime(Date.from(now.plusSeconds(20)))));
        browser.signOut(SHOP.root()).has(302);
        assertIsSignedIn(told(claims -> claims.expirationTime(Date.from(now.minusSeconds(20)))));
    }

    @Test
    void providerThatIsAwayAtTheStartIsNoSignIn() {
        AWAY.stop();
        Reply reply = browser.get(EARLY.uri("order")).changesNoSessionCookie();
        reply.has(500);
        AWAY.restart();

        Reply back = follow(proven(EARLY)).has(302);
        assertThat(follow(back).has(200).value("user")).isEqualTo("clerk");
    }

    @Test
    void providerThatIsAwayAtTheCallbackIsNoSignIn() {
        Reply proven = proven(SHOP);
        PROVIDER.stop();
        Reply reply = follow(proven).changesNoSessionCookie();
        PROVIDER.restart();

        assertIsRefused(500, reply);
    }

    @Test
    void groupsThatTheProviderTakesAwayAreGone() {
        Reply back = follow(proven(ASKING)).has(302);
        assertThat(follow(back).has(200).value("user")).isEqualTo("clerk");

        PROVIDER.setGroups("guest");
        assertThat(Poll.untilTrue(
                        Duration.ofSeconds(10),
                        () -> browser.get(ASKING.uri("order")).status() == 403))
                .isTrue();

        PROVIDER.setGroups("clerk");
        assertThat(Poll.untilTrue(
                        Duration.ofSeconds(10),
                        () -> browser.get(ASKING.uri("order")).status() == 200))
                .isTrue();
    }

    @Test
    void providerThatIsAwayWhenItsGroupsAreWantedIs503() {
        Reply back = follow(proven(ASKING)).has(302);
        follow(back).has(200);
        PROVIDER.stop();
        try {
            assertThat(Poll.untilTrue(
                            Duration.ofSeconds(10),
                            () -> browser.get(ASKING.uri("order")).status() == 503))
                    .isTrue();
        } finally {
            PROVIDER.restart();
        }
        assertThat(Poll.untilTrue(
                        Duration.ofSeconds(10),
                        () -> browser.get(ASKING.uri("order")).status() == 200))
                .as("the session has not ended")
                .isTrue();
    }

    /** The provider sends the browser back to the application. */
    private Reply proven(Guest guest) {
        return follow(browser.get(guest.uri("order")).has(302)).has(302);
    }

    /** What the application answers to a sign-in whose ID token is changed so. */
    private Reply told(UnaryOperator<JWTClaimsSet.Builder> change) {
        Reply proven = proven(SHOP);
        PROVIDER.changeIdentities(change);
        Reply back = follow(proven);
        PROVIDER.tellTheTruth();
        return back;
    }

    private void assertIsSignedIn(Reply back) {
        assertThat(follow(back.has(302)).has(200).value("user")).isEqualTo("clerk");
    }

    /** JS-16. No session begins, and the next sign-in of the same browser is as good as any. */
    private void assertIsRefused(int status, Reply reply) {
        reply.has(status).changesNoSessionCookie();
        assertThat(reply.headers("Location")).as(reply.toString()).isEmpty();
        reply.hasBody().doesNotContain("clerk");
        assertIsSignedIn(follow(proven(SHOP)));
    }

    private Reply follow(Reply redirect) {
        return browser.get(URI.create(redirect.header("Location")));
    }
}
