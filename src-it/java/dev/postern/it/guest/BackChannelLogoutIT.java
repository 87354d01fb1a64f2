package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.postern.it.Browser;
import dev.postern.it.OnWildFlyByDay;
import dev.postern.it.Pause;
import dev.postern.it.Reply;
import dev.postern.it.guest.ways.OpenIdCallbackServlet;
import dev.postern.it.guest.ways.OpenIdWay;
import dev.postern.it.guest.ways.OrderServlet;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application whose identity provider says who has signed out there. */
@Tag("S-18")
@OnWildFlyByDay
class BackChannelLogoutIT {

    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final SmallProvider PROVIDER = new SmallProvider();

    /** Is not there when its keys are wanted. */
    @RegisterExtension
    static final SmallProvider AWAY = new SmallProvider();

    @RegisterExtension
    static final Guest SHOP = guest("backchannel", PROVIDER, PROVIDER);

    @RegisterExtension
    static final Guest BLIND = guest("backchannelblind", PROVIDER, AWAY);

    /** Whose users are proven by another provider than the one that may end sessions. */
    @RegisterExtension
    static final Guest CONFUSED = guest("backchannelconfused", PROVIDER, PROVIDER, "https://id.example");

    private final Browser browser = new Browser();

    private static Guest guest(String name, SmallProvider provider, SmallProvider keys) {
        return guest(name, provider, keys, provider.uri().toString());
    }

    private static Guest guest(String name, SmallProvider provider, SmallProvider keys, String issuer) {
        Map<String, String> settings = new HashMap<>();
        settings.put("way.uri", provider.uri().toString());
        settings.put("way.in-session", "false");
        settings.put("way.leading-back", "false");
        settings.put("postern.back-channel-logout.issuer", issuer);
        settings.put("postern.back-channel-logout.audience", "shop");
        settings.put("postern.back-channel-logout.keys", keys.uri() + "/keys");
        return Guest.war(
                name,
                war -> war.addClasses(OpenIdWay.class, OrderServlet.class, OpenIdCallbackServlet.class),
                settings);
    }

    @BeforeEach
    void signIn() {
        signIn(browser);
    }

    @Test
    void sessionThatTheProviderNamesEnds() {
        String named = PROVIDER.lastSession();
        Browser other = new Browser();
        signIn(other);

        Reply reply = send(PROVIDER.logout(named)).has(200).changesNoCookie();

        assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
        assertIsSignedOut(browser);
        assertIsSignedIn(other);
        assertThat(SHOP.log()).contains("session_signed_out_at_provider");
    }

    @Test
    void allSessionsOfASubjectEnd() {
        Browser other = new Browser();
        signIn(other);

        send(PROVIDER.logoutOfTheClerk()).has(200);

        assertIsSignedOut(browser);
        assertIsSignedOut(other);
        pauseForASecond(); // the next ID token has to be younger than the logout
        signIn(other);
        assertIsSignedIn(other);
    }

    @Test
    void onlyTheSessionEndsIfItsSubjectIsNamedToo() {
        String named = PROVIDER.lastSession();
        Browser other = new Browser();
        signIn(other);

        send(PROVIDER.logout(named).subject("person 7")).has(200);

        assertIsSignedOut(browser);
        assertIsSignedIn(other);
    }

    @Test
    void sessionThatNobodyKnowsHasEndedAlready() {
        send(PROVIDER.logout("nobody's")).has(200);

        assertIsSignedIn(browser);
    }

    @Test
    void logoutInTheMiddleOfASignInLeavesNoSession() {
        Browser slow = new Browser();
        Reply proven = follow(slow, slow.get(SHOP.uri("order")).has(302)).has(302);

        Instant later = Instant.now().plusSeconds(5); // the ID token that comes now must not be the younger one
        send(PROVIDER.logout(PROVIDER.lastSession()).issueTime(Date.from(later)))
                .has(200);

        Reply refused = follow(slow, proven).changesNoSessionCookie();
        assertThat(refused.status()).as(refused.toString()).isIn(401, 403);
        assertIsSignedOut(slow);
    }

    @Test
    void tokenIsGoodOnce() {
        String token = PROVIDER.signed(PROVIDER.logoutOfTheClerk());
        post(SHOP, token).has(200);
        pauseForASecond();
        signIn(browser);

        assertIsRefused("replayed", post(SHOP, token));
    }

    @Test
    void forgedTokensAreRefused() throws JOSEException {
        String session = PROVIDER.lastSession();
        assertIsRefused("signature", post(SHOP, PROVIDER.forged(PROVIDER.logout(session))));
        assertIsRefused("algorithm", post(SHOP, PROVIDER.signedByThePublicKey(PROVIDER.logout(session))));
        assertIsRefused(
                "algorithm", post(SHOP, new PlainJWT(PROVIDER.logout(session).build()).serialize()));
        assertIsRefused("malformed", post(SHOP, "no token"));
        assertThat(SHOP.log()).contains("logout_token_signature", "logout_token_algorithm");
    }

    @Test
    void tokensForOthersAreRefused() {
        String session = PROVIDER.lastSession();
        assertIsRefused("audience", send(PROVIDER.logout(session).audience("office")));
        assertIsRefused("issuer", send(PROVIDER.logout(session).issuer("https://id.example")));
    }

    @Test
    void tokensOfAnotherTimeAreRefused() {
        String session = PROVIDER.lastSession();
        Instant now = Instant.now();
        assertIsRefused("expired", send(PROVIDER.logout(session).expirationTime(Date.from(now.minusSeconds(60)))));
        assertIsRefused("time", send(PROVIDER.logout(session).issueTime(Date.from(now.plusSeconds(60)))));
        send(PROVIDER.logout(session).issueTime(Date.from(now.plusSeconds(10)))).has(200);
    }

    @Test
    void whatIsNoLogoutTokenIsRefused() {
        String session = PROVIDER.lastSession();
        assertIsRefused("nonce", send(PROVIDER.logout(session).claim("nonce", "n")));
        assertIsRefused("events", send(PROVIDER.logout(session).claim("events", null)));
        assertIsRefused("nameless", send(PROVIDER.logout()));
    }

    @Test
    void neitherCookieNorOriginMatters() {
        String session = PROVIDER.lastSession();
        Browser elsewhere =
                browser.copy().sending("Sec-Fetch-Site", "cross-site").sending("Origin", "https://elsewhere.example");

        elsewhere
                .post(SHOP.uri("postern/backchannel-logout"), FORM, body(PROVIDER.signed(PROVIDER.logout(session))))
                .has(200)
                .changesNoCookie();

        assertIsSignedOut(browser);
    }

    @Test
    void onlyPostIsAnswered() {
        Reply reply = browser.get(SHOP.uri("postern/backchannel-logout")).has(405);
        assertThat(reply.header("Allow")).isEqualTo("POST");
        assertIsSignedIn(browser);
    }

    @Test
    void providerWhoseKeysCannotBeHadIs503() {
        AWAY.stop();
        Browser other = new Browser();
        signIn(other, BLIND);

        Reply reply = post(BLIND, PROVIDER.signed(PROVIDER.logoutOfTheClerk())).has(503);

        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(other.get(BLIND.uri("order")).has(200).value("user")).isEqualTo("clerk");
        assertThat(BLIND.log()).contains("provider_failed");
    }

    @Test
    void userOfAProviderThatCouldNotEndTheSessionIsNotSignedIn() {
        Browser other = new Browser();
        Reply proven = follow(other, other.get(CONFUSED.uri("order")).has(302)).has(302);

        Reply refused = follow(other, proven).changesNoSessionCookie();

        assertThat(refused.status()).as(refused.toString()).isEqualTo(500);
        assertThat(CONFUSED.log()).contains("postern.back-channel-logout.issuer is 'https://id.example'");
    }

    private static void signIn(Browser browser) {
        signIn(browser, SHOP);
    }

    private static void signIn(Browser browser, Guest guest) {
        Reply back = follow(
                        browser,
                        follow(browser, browser.get(guest.uri("order")).has(302))
                                .has(302))
                .has(302);
        assertThat(follow(browser, back).has(200).value("user")).isEqualTo("clerk");
    }

    private static Reply follow(Browser browser, Reply redirect) {
        return browser.get(URI.create(redirect.header("Location")));
    }

    private static void assertIsSignedIn(Browser browser) {
        assertThat(browser.get(SHOP.uri("order")).has(200).value("user")).isEqualTo("clerk");
    }

    private static void assertIsSignedOut(Browser browser) {
        assertThat(browser.get(SHOP.uri("order")).has(302).header("Location"))
                .startsWith(PROVIDER.uri() + "/authorize");
    }

    private void assertIsRefused(String why, Reply reply) {
        reply.has(400).changesNoCookie();
        assertThat(reply.headers("Cache-Control")).containsExactly("no-store");
        assertThat(reply.json().getString("error")).isEqualTo("invalid_request");
        assertThat(reply.json().getString("error_description")).isEqualTo(why);
        assertIsSignedIn(browser);
    }

    /** Times in tokens are whole seconds. */
    private static void pauseForASecond() {
        Pause.ofMillis(1100);
    }

    private static Reply send(JWTClaimsSet.Builder claims) {
        return post(SHOP, PROVIDER.signed(claims));
    }

    /** As the provider does it: without a cookie, and without what a browser tells of itself. */
    private static Reply post(Guest guest, String token) {
        return new Browser().post(guest.uri("postern/backchannel-logout"), FORM, body(token));
    }

    private static String body(String token) {
        return "logout_token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }
}
