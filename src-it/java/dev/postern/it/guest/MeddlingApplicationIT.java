package dev.postern.it.guest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.Browser;
import dev.postern.it.Reply;
import dev.postern.it.Stopwatch;
import dev.postern.it.guest.meddling.Api;
import dev.postern.it.guest.meddling.OutsideFilter;
import jakarta.servlet.ServletContainerInitializer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a sign-in, a renewal and a sign-out say to the client arrives, also where the application resets or replaces the
 * answer.
 */
@Tag("C2")
class MeddlingApplicationIT {

    private static final Duration RENEWAL = Duration.ofSeconds(4);
    private static final String NAME = "__Host-postern-meddling";

    @RegisterExtension
    static final Guest GUEST = Guest.war(
            "meddling",
            war -> war.addPackage(Api.class.getPackage())
                    .addAsServiceProvider(ServletContainerInitializer.class, OutsideFilter.Initializer.class)
                    .setWebXML(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                        <error-page><error-code>410</error-code><location>/page</location></error-page>
                        <error-page>
                          <exception-type>java.lang.IllegalArgumentException</exception-type><location>/page</location>
                        </error-page>
                        </web-app>
                        """)),
            Map.of(
                    "postern.session.renew-after", RENEWAL.toString(),
                    "postern.session.grace", "PT3S",
                    "postern.session.max-per-user", "0",
                    "postern.bearer.enabled", "true"));

    private static final List<String> WAYS = List.of(
            "meddle?how=nothing",
            "meddle?how=setHeader",
            "meddle?how=addCookie",
            "meddle?how=reset",
            "meddle?how=error",
            "meddle?how=errorPage",
            "meddle?how=redirect",
            "meddle?how=forward",
            "meddle?how=include",
            "meddle?how=async",
            "meddle?how=stream",
            "meddle?how=notModified",
            "meddle?how=wrapped",
            "meddle?how=throw",
            "meddle?how=throwMapped",
            "meddle?how=errorThenHeader",
            "meddle?how=asyncThrow",
            "meddle?how=asyncDispatch",
            "meddle?how=asyncTimeout",
            "meddle?how=asyncListener",
            "meddle?how=asyncSupplied",
            "meddle?how=injectedStart",
            "meddle?how=injectedContext",
            "meddle?how=outside",
            "api/meddle?x",
            "api/meddle?clear",
            "api/meddle/later?x",
            "api/meddle/throw?x",
            "api/meddle/later/throw?x");

    /** Where the application sets no cookie of its own, or the server takes it back. */
    private static final List<String> WITHOUT_THEIRS = List.of(
            "nothing",
            "error",
            "include",
            "notModified",
            "wrapped",
            "throw",
            "errorThenHeader",
            "asyncThrow",
            "asyncDispatch",
            "asyncTimeout");

    /** Sessions that begin together, so that one wait is enough until all are due for renewal. */
    private static final Map<String, Browser> BROWSERS = new LinkedHashMap<>();

    private static final Map<String, String> TOKENS = new LinkedHashMap<>();
    private static final String CLOSED = "api/meddle/closed";

    private static Stopwatch sinceSignIn = Stopwatch.started();

    private final SoftAssertions all = new SoftAssertions();

    @BeforeAll
    static void signIn() {
        for (String way : WAYS) {
            BROWSERS.put(way, signedIn());
            Reply begun =
                    new Browser().sending("Postern-Transport", "bearer").signIn(GUEST.root(), "clerk", "clerk-pw");
            TOKENS.put(way, begun.has(201).header("Postern-Token"));
        }
        BROWSERS.put(CLOSED, signedIn());
        sinceSignIn = Stopwatch.started();
    }

    private static Browser signedIn() {
        Browser browser = new Browser();
        browser.signIn(GUEST.root(), "clerk", "clerk-pw").has(201);
        return browser;
    }

    private static void awaitRenewal() {
        sinceSignIn.reaches(RENEWAL.plusSeconds(1));
    }

    @Test
    void aSignInArrives() {
        for (String way : WAYS) {
            Browser browser = new Browser();

            Reply reply = browser.get(GUEST.uri(way + "&do=in"));

            carriesOneOfOurs(reply, way);
            all.assertThat(browser.cookie(NAME)).as(way + reply).isPresent();
        }
        all.assertAll();
    }

    /** The lines differ in one attribute alone. */
    @Test
    @Tag("C3")
    void aSignInArrivesBesideWhatRemovesASecondCookie() {
        for (String way : WAYS) {
            Reply reply = Browser.getWith(GUEST.uri(way + "&do=in"), NAME + "=planted; " + NAME + "=other");

            List<String> ours = reply.setCookies().stream()
                    .filter(line -> line.startsWith(NAME + "="))
                    .toList();
            all.assertThat(ours).as(way + reply).hasSize(2);
            all.assertThat(ours).as(way + reply).anyMatch(line -> line.matches(NAME + "=[A-Za-z0-9_-]{115};.*"));
            all.assertThat(ours)
                    .as(way + reply)
                    .anyMatch(line -> line.startsWith(NAME + "=; Max-Age=0") && line.endsWith("; Partitioned"));
            isKeptFromCaches(reply, way);
        }
        all.assertAll();
    }

    @Test
    void aSignOutArrives() {
        for (String way : WAYS) {
            Browser browser = signedIn();

            Reply reply = browser.get(GUEST.uri(way + "&do=out"));

            carriesOneOfOurs(reply, way);
            all.assertThat(browser.cookie(NAME)).as(way + reply).isEmpty();
        }
        all.assertAll();
    }

    @Test
    void aSuccessorArrives() {
        awaitRenewal();
        WAYS.forEach(way -> {
            Browser browser = Objects.requireNonNull(BROWSERS.get(way));
            String before = browser.sessionCookie();

            Reply reply = browser.get(GUEST.uri(way + "&do=nothing"));

            carriesOneOfOurs(reply, way);
            all.assertThat(browser.sessionCookie()).as(way + reply).isNotEqualTo(before);
        });
        all.assertAll();
    }

    @Test
    void aBearerTokensSuccessorArrives() {
        awaitRenewal();
        TOKENS.forEach((way, token) -> {
            Reply reply =
                    new Browser().sending("Authorization", "Bearer " + token).get(GUEST.uri(way + "&do=nothing"));
            all.assertThat(reply.headers("Postern-Token"))
                    .as(way + reply)
                    .hasSize(1)
                    .doesNotContain(token);
            all.assertThat(reply.headers("Cache-Control")).as(way + reply).containsExactly("no-store");
        });
        all.assertAll();
    }

    @Test
    @Tag("A7")
    void noScriptGetsTheSuccessorOfACookiesToken() {
        Browser browser = Objects.requireNonNull(BROWSERS.get(CLOSED));
        awaitRenewal();

        Reply reply = browser.sending("Postern-Transport", "bearer").get(GUEST.uri(CLOSED));

        reply.has(200);
        assertThat(reply.headers("Postern-Token")).as(reply.toString()).isEmpty();
        carriesOneOfOurs(reply, CLOSED);
        all.assertAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$Version=\"1\"; %1$s=\"%2$s\";$Path=\"/\"",
                "%1$s=\"%2$s\"",
                "%1$s=planted; %1$s=%2$s",
                "%1$s=%2$s; %1$s=planted"
            })
    @Tag("C3")
    @Tag("C4")
    void oneGoodCookieCountsHoweverItIsWritten(String form) {
        String value = signedIn().cookie(NAME).orElseThrow();

        Browser.getWith(GUEST.uri(CLOSED), String.format(form, NAME, value)).has(200);
    }

    private void carriesOneOfOurs(Reply reply, String way) {
        List<String> names = reply.setCookies().stream()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        all.assertThat(names).as(way + reply).containsOnlyOnce(NAME);
        if (WITHOUT_THEIRS.stream().noneMatch(how -> way.endsWith("=" + how))
                && !way.contains("clear")
                && !way.contains("/throw")) {
            all.assertThat(names).as(way + reply).contains("theirs");
        }
        if (way.startsWith("api") && !way.contains("throw")) {
            all.assertThat(names).as(way + reply).contains("xsrf");
        }
        isKeptFromCaches(reply, way);
    }

    private void isKeptFromCaches(Reply reply, String way) {
        all.assertThat(reply.headers("Cache-Control")).as(way + reply).containsExactly("no-store");
        all.assertThat(reply.header("Vary")).as(way + reply).contains("Cookie");
    }
}
