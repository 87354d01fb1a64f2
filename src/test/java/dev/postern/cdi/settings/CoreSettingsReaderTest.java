package dev.postern.cdi.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.http.crosssite.Origin;
import dev.postern.http.logout.LogoutTokenVerifier;
import dev.postern.http.transport.SameSite;
import dev.postern.session.throttle.ThrottleLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreSettingsReaderTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @Test
    void asksForTheLoginPageWhereItLeadsToASecondFactor() {
        assertThat(read(Map.of("endpoints.second-factor-page", "/code")).wrong())
                .containsExactly(
                        "postern.endpoints.second-factor-page is set, which needs postern.endpoints.login-page=true.");
        Read led = read(Map.of("endpoints.second-factor-page", "/code", "endpoints.login-page", "true"));
        assertThat(led.wrong).isEmpty();
        assertThat(led.settings.web().signIn().second().page()).contains("/code");
        Read out = read(Map.of("endpoints.second-factor-page", "//other.example", "endpoints.login-page", "true"));
        assertThat(out.wrong).hasSize(1);
    }

    @Test
    @Tag("S-18")
    void takesAProviderThatEndsSessionsWholeOrNotAtAll() {
        Map<String, String> whole = Map.of(
                "back-channel-logout.issuer", "https://id.example/realms/shop",
                "back-channel-logout.audience", "shop",
                "back-channel-logout.keys", "https://id.example:8443/realms/shop/certs?v=2");
        assertThat(read(Map.of()).settings.web().provider()).isEmpty();
        Read read = read(whole);
        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.web().provider())
                .contains(new WebSettings.Provider(
                        new LogoutTokenVerifier.Rules("https://id.example/realms/shop", "shop", Duration.ofSeconds(30)),
                        URI.create("https://id.example:8443/realms/shop/certs?v=2")));
        for (String missing : whole.keySet()) {
            Map<String, String> others = new HashMap<>(whole);
            others.remove(missing);
            assertThat(read(others).wrong)
                    .containsExactly("postern.back-channel-logout.issuer, .audience and .keys are set together or"
                            + " not at all.");
        }
        Map<String, String> nowhere = new HashMap<>(whole);
        nowhere.put("endpoints.enabled", "false");
        assertThat(read(nowhere).wrong)
                .containsExactly(
                        "postern.back-channel-logout.issuer is set, which needs postern.endpoints.enabled=true.");
    }

    /** Over plain HTTP somebody on the way could put keys of his own in their place. */
    @ParameterizedTest
    @Tag("S-18")
    @CsvSource({
        "https://id.example/keys, 0",
        "https://id.example/realms/web%20shop/keys, 0",
        "https://id.example/realms/web%2/keys, 1",
        "http://127.0.0.1:8080/keys, 0",
        "http://localhost:8080/keys, 0",
        "http://[::1]:8080/keys, 0",
        "http://id.example/keys, 1",
        "http://127.0.0.1.id.example/keys, 1",
        "http://localhost@id.example/keys, 1",
        "file:///etc/passwd, 1",
        "https://, 1",
        "https://id.example/%zz, 1",
    })
    void fetchesKeysOnlyWhereNobodyCanChangeThem(String address, int faults) {
        assertThat(read(Map.of(
                                "back-channel-logout.issuer", "https://id.example",
                                "back-channel-logout.audience", "shop",
                                "back-channel-logout.keys", address))
                        .wrong
                        .stream()
                        .filter(fault -> fault.startsWith("postern.back-channel-logout.keys is")))
                .hasSize(faults);
    }

    @Test
    @Tag("P-02")
    void startsWithoutAnySetting() {
        Read read = read(Map.of());

        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.policy().ordinary().idle()).isEqualTo(Duration.ofMinutes(30));
        assertThat(read.settings.web().transport().cookie().prefix()).isEqualTo("__Host-");
        assertThat(read.settings.cache().grid().source()).isEqualTo(HazelcastSettings.Source.AUTO);
        assertThat(read.settings.cache().keys()).isEmpty();
    }

    @Test
    void readsWhatIsSet() {
        Read read = read(Map.of(
                "session.idle-timeout", "PT5M",
                "session.renew-after", "PT2M",
                "cookie.same-site", "Strict",
                "cookie.path", "/shop",
                "cache.members", "127.0.0.1:5801, 127.0.0.1:5802",
                "endpoints.enabled", "false",
                "keys", "1:" + KEY,
                "keys.index", KEY));

        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.policy().ordinary().idle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(read.settings.web().transport().cookie().flags().sameSite()).isEqualTo(SameSite.STRICT);
        assertThat(read.settings.web().transport().cookie().prefix()).isEqualTo("__Secure-");
        assertThat(read.settings.cache().grid().members()).hasSize(2);
        assertThat(read.settings.web().endpoints().paths()).isEmpty();
        assertThat(read.settings.cache().keys()).isPresent();
    }

    @Test
    @Tag("X-31")
    void saysEverythingThatIsWrongAtOnce() {
        Read read = read(Map.of(
                "session.idle-timeout", "soon",
                "session.grace", "PT11M",
                "cookie.secure", "yes",
                "cache.backups", "7",
                "cache.hazelcast", "redis",
                "cache.members", "a:b"));

        assertThat(read.wrong)
                .hasSize(6)
                .anyMatch(line -> line.startsWith("postern.session.idle-timeout is 'soon', and must be a duration"))
                .anyMatch(line -> line.startsWith("postern.session.grace is 'PT11M', and must be a duration from PT1S"))
                .anyMatch(line -> line.startsWith("postern.cookie.secure is 'yes', and must be true or false"))
                .anyMatch(line -> line.startsWith("postern.cache.backups is '7', and must be a number from 0 to 6"))
                .anyMatch(line -> line.contains("one of auto, server, embedded, client"))
                .anyMatch(line -> line.contains("'a:b' is not host:port"));
    }

    @ParameterizedTest
    @Tag("X-31")
    @CsvSource({
        "session.renew-after, PT30M, must be shorter than postern.session.idle-timeout",
        "session.idle-timeout, PT12H, must be shorter than postern.session.absolute-timeout",
        "session.renew-after, PT1M, must be shorter than postern.session.renew-after",
        "session.touch-every, PT30M, must be shorter than postern.session.idle-timeout",
        "remember.idle-timeout, PT30S, must be shorter than postern.remember.idle-timeout",
        "remember.idle-timeout, P30D, must be shorter than postern.remember.absolute-timeout",
    })
    void refusesLimitsThatContradictEachOther(String key, String value, String sentence) {
        assertThat(read(Map.of(key, value)).wrong).anyMatch(line -> line.contains(sentence));
    }

    @ParameterizedTest
    @CsvSource({
        "session.renew-after, PT29M59S",
        "session.idle-timeout, PT11H59M59S",
        "session.renew-after, PT1M1S",
        "session.touch-every, PT29M59S",
        "session.touch-every, PT0S",
    })
    void acceptsTheLastValueBeforeThat(String key, String value) {
        assertThat(read(Map.of(key, value)).wrong).isEmpty();
    }

    @Test
    @Tag("P-69")
    @Tag("S-25")
    void refusesACookieThatBrowsersWouldDrop() {
        assertThat(read(Map.of("cookie.name", "__Host-x", "cookie.path", "/shop")).wrong)
                .singleElement()
                .asString()
                .contains("postern.cookie.path=/");
        assertThat(read(Map.of("cookie.name", "__Secure-x", "cookie.secure", "false")).wrong)
                .hasSize(1);
        assertThat(read(Map.of("cookie.same-site", "none", "cookie.secure", "false")).wrong)
                .hasSize(1);
        assertThat(read(Map.of("cookie.name", "a b")).wrong).hasSize(1);
        assertThat(read(Map.of("cookie.domain", "a;b")).wrong).hasSize(1);
    }

    @Test
    @Tag("S-91")
    void asksForTheGuardWhereOtherSitesGetTheCookie() {
        assertThat(read(Map.of("cookie.same-site", "none", "cross-site.guard", "false")).wrong)
                .singleElement()
                .asString()
                .contains("needs postern.cross-site.guard=true");
        assertThat(read(Map.of("cookie.same-site", "none")).wrong).isEmpty();
        assertThat(read(Map.of("cross-site.guard", "false")).settings.web().crossSite())
                .isEmpty();
    }

    @Test
    @Tag("F-13")
    @Tag("S-79")
    void asksForTheGuardWhereIsolationOrATokenIsWanted() {
        Read read = read(Map.of("cross-site.isolation", "true", "cross-site.token", "required"));
        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.web().crossSite().orElseThrow().isIsolating()).isTrue();
        assertThat(read.settings.web().transport().csrf()).isEqualTo(CsrfCheck.Rule.REQUIRED);

        Read none = read(Map.of());
        assertThat(none.settings.web().crossSite().orElseThrow().isIsolating()).isFalse();
        assertThat(none.settings.web().transport().csrf()).isEqualTo(CsrfCheck.Rule.OFF);

        assertThat(read(Map.of("cross-site.guard", "false", "cross-site.isolation", "true")).wrong)
                .containsExactly("postern.cross-site.isolation is true, which needs postern.cross-site.guard=true.");
        assertThat(read(Map.of("cross-site.guard", "false", "cross-site.token", "required")).wrong)
                .containsExactly("postern.cross-site.token is required, which needs postern.cross-site.guard=true.");
        assertThat(read(Map.of("cross-site.token", "optional")).wrong).hasSize(1);
    }

    @Test
    void takesOriginsAndNothingElseForTrusted() {
        Read read = read(Map.of(
                "cross-site.trusted-origins",
                "https://app.example, http://[::1]:8080,https://my_app,capacitor://localhost,app://,"
                        + "chrome-extension://abc"));
        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.web().crossSite().orElseThrow().trusted())
                .containsExactlyInAnyOrder(
                        new Origin("https", "app.example", 443),
                        new Origin("http", "::1", 8080),
                        new Origin("https", "my_app", 443),
                        new Origin("capacitor", "localhost", -1),
                        new Origin("app", "", -1),
                        new Origin("chrome-extension", "abc", -1));
        assertThat(List.of(
                        "app.example",
                        "https://app.example/",
                        "https://app.example:65536",
                        "https://app.example,",
                        "*",
                        "null",
                        "https://*.example"))
                .allSatisfy(value -> assertThat(read(Map.of("cross-site.trusted-origins", value)).wrong)
                        .singleElement()
                        .asString()
                        .startsWith("postern.cross-site.trusted-origins must be origins"));
    }

    @Test
    void asksForBothKeysOrNoneAndRepeatsNeither() {
        assertThat(read(Map.of("keys", "1:" + KEY)).wrong)
                .singleElement()
                .asString()
                .contains("together or not at all");
        Read read = read(Map.of("keys", KEY, "keys.index", KEY));
        assertThat(read.wrong).singleElement().asString().contains("id:base64").doesNotContain(KEY);
        assertThat(read.settings.effective()).doesNotContain(KEY).contains("keys=(set)");
    }

    @Test
    void databaseIsSetWithKeysOnly() {
        assertThat(read(Map.of()).settings.store()).isEmpty();
        assertThat(read(Map.of("store.data-source", "java:app/jdbc/shop")).wrong)
                .containsExactly("postern.store.data-source is set, which needs postern.keys and postern.keys.index.");
        Read read = read(Map.of(
                "store.data-source", "java:app/jdbc/shop",
                "store.create-tables", "true",
                "store.history", "P90D",
                "keys", "1:" + KEY,
                "keys.index", KEY));
        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.store())
                .contains(new Settings.Store("java:app/jdbc/shop", true, Optional.of(Duration.ofDays(90))));
    }

    @Test
    void wrongKeyOfADatabaseIsOneFault() {
        assertThat(read(Map.of("store.data-source", "jdbc/shop", "keys", KEY, "keys.index", KEY)).wrong)
                .singleElement()
                .asString()
                .startsWith("postern.keys: ");
        assertThat(read(Map.of("store.data-source", "jdbc/shop", "keys", "1:" + KEY)).wrong)
                .singleElement()
                .asString()
                .contains("together or not at all");
    }

    @Test
    void tablesAndHistoryNeedADatabase() {
        assertThat(read(Map.of("store.create-tables", "true", "store.history", "P1D")).wrong)
                .containsExactly(
                        "postern.store.create-tables is true, which needs postern.store.data-source.",
                        "postern.store.history is set, which needs postern.store.data-source.");
    }

    @ParameterizedTest
    @CsvSource({
        "store.history, PT23H59M59S, P1D to P400D",
        "store.history, P401D, P1D to P400D",
        "store.history, 90, P1D to P400D",
        "store.create-tables, yes, true or false",
        "store.data-source, ldap://db.example/shop, a JNDI name",
        "store.data-source, rmi:shop, a JNDI name",
        "store.data-source, java:app/jdbc/my shop, a JNDI name",
    })
    void refusesWhatNoDatabaseCanHave(String key, String value, String range) {
        assertThat(read(Map.of(key, value)).wrong).first().asString().contains(range);
    }

    @ParameterizedTest
    @CsvSource({"java:comp/env/jdbc/shop", "java:jboss/datasources/ExampleDS", "java:/ShopDS", "jdbc/__default"})
    void takesTheNamesThatServersGive(String name) {
        Read read = read(Map.of("store.data-source", name, "keys", "1:" + KEY, "keys.index", KEY));
        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.store()).contains(new Settings.Store(name, false, Optional.empty()));
    }

    @Test
    @Tag("S-22")
    void failedSignInsMakeWaitUnlessThatIsOff() {
        assertThat(read(Map.of()).settings.users().throttle())
                .hasValue(ThrottleLimits.of(5, 100, Duration.ofMinutes(15)));
        assertThat(read(Map.of("sign-in.throttle", "false")).settings.users().throttle())
                .isEmpty();
        Read read = read(Map.of(
                "sign-in.free-tries", "3",
                "sign-in.free-tries-per-address", "1000",
                "sign-in.longest-wait", "PT1H"));
        assertThat(read.wrong).isEmpty();
        assertThat(read.settings.users().throttle()).hasValue(ThrottleLimits.of(3, 1000, Duration.ofHours(1)));
    }

    @ParameterizedTest
    @Tag("X-31")
    @CsvSource({
        "sign-in.throttle, no, true or false",
        "sign-in.free-tries, 0, a number from 1 to 100",
        "sign-in.free-tries-per-address, 0, a number from 1 to 100000",
        "sign-in.longest-wait, PT14S, a duration from PT15S to PT24H",
    })
    void refusesLimitsOfTriesThatAreNone(String key, String value, String range) {
        assertThat(read(Map.of(key, value)).wrong).singleElement().asString().contains(range);
    }

    private static Read read(Map<String, String> given) {
        Map<String, String> named = new HashMap<>();
        given.forEach((key, value) -> named.put("postern." + key, value));
        ConfigValues values = new ConfigValues(name -> Optional.ofNullable(named.get(name)));
        Settings settings = new CoreSettingsReader(values).read();
        return new Read(settings, values.wrong());
    }

    private record Read(Settings settings, List<String> wrong) {}
}
