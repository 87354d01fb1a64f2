package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.OnPayaraByDay;
import dev.postern.it.Pause;
import dev.postern.it.Reply;
import dev.postern.it.guest.meddling.Api;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients as they come: behind proxies, on pages of other origins, from identity providers, and with wishes of their
 * own.
 */
@OnPayaraByDay
class StrangeClientsIT {

    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TRUSTED = "https://app.example";
    private static final String ALLOWED = "Access-Control-Allow-Origin";

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "clients",
            war -> war.addPackage(Api.class.getPackage()).setWebXML(new StringAsset("""
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                <error-page><error-code>401</error-code><location>/page</location></error-page>
                <error-page><error-code>403</error-code><location>/page</location></error-page>
                <security-constraint>
                  <web-resource-collection>
                    <web-resource-name>closed</web-resource-name><url-pattern>/closed/*</url-pattern>
                  </web-resource-collection>
                  <auth-constraint><role-name>clerk</role-name></auth-constraint>
                </security-constraint>
                <security-role><role-name>clerk</role-name></security-role>
                </web-app>
                """)),
            Map.of(
                    "postern.session.touch-every", "PT0S",
                    "postern.endpoints.fresh-within", FRESH.toString(),
                    "postern.client-address.trusted-proxies", "1",
                    "postern.cross-site.trusted-origins", TRUSTED + ",capacitor://localhost",
                    "postern.cross-site.sign-in-paths", "/sso/*"));

    @Test
    @Tag("A9")
    void nobodyEscapesTheThrottleByTheFirstAddressOfAHeader() {
        Reply reply = guess(0);
        for (int tries = 1; tries < 8 && reply.status() == 401; tries++) {
            reply = guess(tries);
        }

        reply.has(429);
    }

    private static Reply guess(int number) {
        return new Browser()
                .sending("X-Forwarded-For", "198.51.100." + number + ", 203.0.113.9:" + (4000 + number))
                .signIn(GUEST.root(), "manager", "guess");
    }

    @Test
    @Tag("A9")
    void addressOfASessionIsTheOneThatTheProxyHasSeen() {
        Browser browser = new Browser().sending("X-Forwarded-For", "a word, [2001:db8::7]:4711");

        JsonObject session =
                browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201).json();

        assertThat(session.getJsonObject("metadata").getString("address")).isEqualTo("2001:db8:0:0:0:0:0:7");
        assertThat(session.getJsonObject("metadata").getString("firstSeenAddress"))
                .isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @Test
    @Tag("A11")
    void nobodyIsRememberedUnlessTheSettingsSaySo() {
        Reply reply = new Browser()
                .post(GUEST.uri("postern/session"), FORM, "username=clerk&password=clerk-pw&remember=true");

        reply.has(400).changesNoCookie().hasBody().contains("postern.remember.enabled");
    }

    @Test
    @Tag("A12")
    void changeLeavesItsTraceWhateverTheClientSays() {
        Browser browser = new Browser();
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        browser.sending("Postern-Passive", "1");
        browser.get(GUEST.uri("api/meddle/closed")).has(200);
        String before = lastSeen(browser);
        browser.get(GUEST.uri("api/meddle/closed")).has(200);
        assertThat(lastSeen(browser)).isEqualTo(before);

        browser.post(GUEST.uri("api/meddle/closed"), FORM, "").has(200);

        assertThat(lastSeen(browser)).isNotEqualTo(before);
    }

    private static String lastSeen(Browser browser) {
        return browser.get(GUEST.uri("postern/session")).has(200).json().getString("lastSeenAt");
    }

    @Test
    @Tag("A13")
    void endingOtherSessionsAsksForARecentSignIn() {
        Browser browser = new Browser();
        browser.signIn(GUEST.root(), "chief", "chief-pw").has(201);
        Pause.until(System.nanoTime() + FRESH.plusMillis(500).toNanos());

        for (String which : new String[] {"sessions?others", "sessions/any"}) {
            Reply refused = browser.delete(GUEST.uri("postern/" + which)).has(401);
            assertThat(refused.header("WWW-Authenticate"))
                    .as(refused.toString())
                    .contains("error=\"insufficient_user_authentication\"", "max_age=\"" + FRESH.toSeconds() + "\"");
        }

        browser.signIn(GUEST.root(), "chief", "chief-pw").has(201);
        browser.delete(GUEST.uri("postern/sessions?others")).has(204);
        Pause.until(System.nanoTime() + FRESH.plusMillis(500).toNanos());
        String current = browser.get(GUEST.uri("postern/session")).json().getString("handle");
        browser.delete(GUEST.uri("postern/sessions/" + current)).has(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postern/session", "postern/sessions", "postern/sessions/any"})
    @Tag("C12")
    void preflightOfAnEndpointTellsTrustedOriginsWhatTheyMaySend(String path) {
        Reply trusted = preflight(TRUSTED, path).has(204);
        Reply stranger = preflight("https://stranger.example", path).has(204);

        assertThat(trusted.headers(ALLOWED)).as(trusted.toString()).containsExactly(TRUSTED);
        assertThat(trusted.headers("Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(trusted.header("Access-Control-Allow-Methods")).contains("DELETE");
        assertThat(trusted.header("Access-Control-Allow-Headers")).containsIgnoringCase("postern-csrf");
        assertThat(trusted.header("Vary")).contains("Origin");
        assertThat(stranger.headers(ALLOWED)).as(stranger.toString()).isEmpty();
    }

    private static Reply preflight(String origin, String path) {
        return new Browser()
                .sending("Origin", origin)
                .sending("Sec-Fetch-Site", "cross-site")
                .sending("Access-Control-Request-Method", "POST")
                .sending("Access-Control-Request-Headers", "content-type")
                .call("OPTIONS", GUEST.uri(path), "", "");
    }

    @Test
    @Tag("C12")
    void preflightOfAResourceIsTheApplicationsOwnMatter() {
        assertThat(preflight(TRUSTED, "api/meddle/closed").status()).isNotIn(401, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET 401 api/meddle/closed",
                "GET 401 closed/page",
                "GET 401 postern/session",
                "GET 401 postern/sessions",
                "POST 400 postern/session",
                "POST 401 api/meddle/closed"
            })
    @Tag("C12")
    void refusalsCanBeReadByTrustedOriginsAlone(String asked) {
        String[] words = asked.split(" ");
        Reply trusted = refusal(TRUSTED, words).has(Integer.parseInt(words[1]));
        Reply app = refusal("capacitor://localhost", words);
        Reply stranger = refusal("https://stranger.example", words);

        assertThat(trusted.headers(ALLOWED)).as(trusted.toString()).containsExactly(TRUSTED);
        assertThat(trusted.headers("Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(trusted.header("Access-Control-Expose-Headers")).contains("WWW-Authenticate", "Retry-After");
        assertThat(app.headers(ALLOWED)).as(app.toString()).containsExactly("capacitor://localhost");
        assertThat(stranger.headers(ALLOWED)).as(stranger.toString()).isEmpty();
    }

    private static Reply refusal(String origin, String... words) {
        return new Browser()
                .sending("Origin", origin)
                .sending("Sec-Fetch-Site", "cross-site")
                .call(words[0], GUEST.uri(words[2]), FORM, "nothing=");
    }

    @Test
    @Tag("C12")
    @Tag("C25")
    void pageOfAnApplicationOnATelephoneActsForItsUser() {
        Browser browser =
                new Browser().sending("Origin", "capacitor://localhost").sending("Sec-Fetch-Site", "cross-site");

        Reply begun = browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        assertThat(begun.headers(ALLOWED)).containsExactly("capacitor://localhost");
        browser.post(GUEST.uri("api/meddle/closed"), FORM, "").has(200);
        browser.sending("Origin", "capacitor://other")
                .post(GUEST.uri("api/meddle/closed"), FORM, "")
                .has(403);
    }

    @Test
    @Tag("C13")
    void identityProvidersPageSignsInAtThePathsOfTheSetting() {
        Browser browser = new Browser();
        browser.signIn(GUEST.root(), "customer", "customer-pw").has(201);
        browser.sending("Origin", "https://idp.example").sending("Sec-Fetch-Site", "cross-site");

        browser.post(GUEST.uri("other/callback"), FORM, "code=clerk-pw").has(403);
        browser.post(GUEST.uri("sso/callback"), FORM, "").has(200).hasBody().isEqualTo("before=null");
        browser.post(GUEST.uri("sso/callback"), FORM, "code=clerk-pw")
                .has(200)
                .hasBody()
                .isEqualTo("before=null status=SUCCESS");

        browser.sending("Sec-Fetch-Site", "same-origin")
                .get(GUEST.uri("postern/session"))
                .has(200)
                .hasBody()
                .contains("\"user\":\"clerk\"");
    }

    @Test
    @Tag("C13")
    void identityProvidersPageWithoutACookieSignsInToo() {
        new Browser()
                .sending("Origin", "null")
                .sending("Sec-Fetch-Site", "cross-site")
                .post(GUEST.uri("sso/callback"), FORM, "code=clerk-pw")
                .has(200)
                .hasBody()
                .isEqualTo("before=null status=SUCCESS");
    }

    @Test
    @Tag("C24")
    void errorPagesOfRefusalsKnowWhoIsCalling() {
        Browser browser = new Browser();
        browser.get(GUEST.uri("closed/page")).has(401).hasBody().contains("page for nobody");

        browser.signIn(GUEST.root(), "customer", "customer-pw").has(201);

        browser.get(GUEST.uri("closed/page")).has(403).hasBody().contains("page for customer");
    }
}
