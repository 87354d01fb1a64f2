package dev.postern.http.crosssite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.http.TestDesk;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole matrix of what a request can say of where it comes from, against the table of decisions F-01 to F-13, which is written
 * out here row by row and knows nothing of the code.
 */
@Tag("F-14")
@Tag("F-16")
@Tag("S-29")
@Tag("X-37")
class CrossSiteGuardTest {

    private static final String OWN = "https://shop.example";
    private static final String TRUSTED = "https://app.example";
    private static final String FOREIGN = "https://evil.example";

    private static final Map<String, List<String>> SITES = Map.of(
            "absent", List.of(),
            "same-origin", List.of("same-origin"),
            "none", List.of("none"),
            "same-site", List.of("same-site"),
            "cross-site", List.of("cross-site"),
            "other", List.of("same-host"),
            "empty", List.of(""),
            "twice", List.of("same-origin", "same-origin"));

    private static final Map<String, List<String>> ORIGINS = Map.of(
            "absent", List.of(),
            "own", List.of(OWN),
            "own with its port", List.of(OWN + ":443"),
            "trusted", List.of(TRUSTED),
            "foreign", List.of(FOREIGN),
            "null", List.of("null"),
            "malformed", List.of(OWN + "/page"),
            "twice", List.of(OWN, OWN));

    private static final Map<String, List<String>> REFERERS = Map.of(
            "absent", List.of(),
            "own", List.of(OWN + "/page?q=1"),
            "trusted", List.of(TRUSTED + "/page"),
            "foreign", List.of(FOREIGN + "/" + OWN),
            "malformed", List.of("shop.example"));

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PURGE");
    private static final List<String> MODES =
            List.of("absent", "navigate", "cors", "no-cors", "same-origin", "websocket");
    private static final List<String> DESTINATIONS = List.of("document", "iframe", "image", "object", "embed");

    private enum Carried {
        NOTHING,
        COOKIE,
        BEARER,
        BOTH;

        boolean hasCookie() {
            return this == COOKIE || this == BOTH;
        }
    }

    private enum Kind {
        RESOURCE,
        SIGN_IN,
        HANDSHAKE
    }

    /** What a request says, each part by the name of its way. */
    private record Said(String site, String origin, String referer, String method, Carried carried, Kind kind) {

        boolean isSignIn() {
            return kind == Kind.SIGN_IN;
        }

        boolean isHandshake() {
            return List.of("GET", "HEAD", "OPTIONS").contains(method) && kind == Kind.HANDSHAKE;
        }
    }

    /** How the page asks for it, and for what. */
    private record Way(String mode, String destination) {}

    private final TestDesk desk = new TestDesk();
    private final CrossSiteGuard guard = guard(false);
    private final CrossSiteGuard isolating = guard(true);

    private CrossSiteGuard guard(boolean isIsolating) {
        Set<Origin> trusted = Set.of(Origin.parse(TRUSTED).orElseThrow());
        return new CrossSiteGuard(Optional.of(new CrossSitePolicy(trusted, isIsolating)), desk.transport);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F-01")
    @Tag("F-02")
    @Tag("F-03")
    @Tag("F-04")
    @Tag("F-05")
    @Tag("F-06")
    @Tag("F-07")
    @Tag("F-08")
    @Tag("F-09")
    @Tag("F-10")
    @Tag("F-11")
    @Tag("F-12")
    void decidesAsTheTableSays(Carried carried) {
        List<Said> all = all(carried);

        assertThat(all).hasSize(8 * 8 * 5 * 8 * 3);
        assertThat(all.stream().filter(said -> !expected(said))).isNotEmpty();
        List<Way> ways =
                List.of(new Way("absent", "absent"), new Way("navigate", "document"), new Way("no-cors", "image"));
        assertThat(all.stream()
                        .flatMap(said -> ways.stream()
                                .filter(way -> guard.admits(
                                                request(said, way).get(), new TestResponse().get(), said.isSignIn())
                                        != expected(said))
                                .map(way -> said + " " + way)))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("F-13")
    @Tag("S-31")
    void isolatesAsTheTableSays(Carried carried) {
        List<Said> all = all(carried);

        assertThat(all.stream()
                        .flatMap(said -> ways().filter(way -> isolating.admits(
                                                request(said, way).get(), new TestResponse().get(), said.isSignIn())
                                        != (expected(said) && !isLoadedElsewhere(said, way)))
                                .map(way -> said + " " + way)))
                .isEmpty();
        assertThat(all.stream().anyMatch(said -> ways().anyMatch(way -> isLoadedElsewhere(said, way))))
                .isEqualTo(carried.hasCookie());
    }

    private static List<Said> all(Carried carried) {
        List<Said> all = new ArrayList<>();
        SITES.keySet()
                .forEach(site -> ORIGINS.keySet()
                        .forEach(origin -> REFERERS.keySet()
                                .forEach(referer -> METHODS.forEach(method -> List.of(Kind.values())
                                        .forEach(kind ->
                                                all.add(new Said(site, origin, referer, method, carried, kind)))))));
        return all;
    }

    /** Every mode, and every destination with a navigation and with none. */
    private static Stream<Way> ways() {
        return Stream.concat(
                MODES.stream().map(mode -> new Way(mode, "absent")),
                Stream.of("navigate", "no-cors")
                        .flatMap(mode -> DESTINATIONS.stream().map(destination -> new Way(mode, destination))));
    }

    /** F-13: what reads, with a cookie of ours, for the page of another site that does not lead its user there. */
    private static boolean isLoadedElsewhere(Said said, Way way) {
        boolean isReading = List.of("GET", "HEAD", "OPTIONS").contains(said.method) && !said.isHandshake();
        boolean isOfAnotherSite = said.site.equals("same-site") || said.site.equals("cross-site");
        boolean isTrusted =
                said.origin.equals("trusted") || (said.origin.equals("absent") && said.referer.equals("trusted"));
        boolean isNavigation =
                way.mode.equals("navigate") && !way.destination.equals("object") && !way.destination.equals("embed");
        return isReading && isOfAnotherSite && !isTrusted && !isNavigation && said.carried.hasCookie();
    }

    private static boolean expected(Said said) {
        boolean isSafe = List.of("GET", "HEAD", "OPTIONS").contains(said.method);
        boolean isGuarded = said.carried.hasCookie() || said.kind == Kind.SIGN_IN;
        if (!isGuarded || (isSafe && !said.isHandshake())) {
            return true;
        }
        boolean isTrusted = said.origin.equals("trusted")
                || (said.origin.equals("absent") && said.referer.equals("trusted") && !said.isHandshake());
        return switch (said.site) {
            case "same-origin" -> true; // F-01
            case "none" -> !said.isHandshake(); // F-02
            case "same-site", "cross-site" -> isTrusted; // F-03 to F-06
            case "other", "empty", "twice" -> false; // F-07
            default -> expectedWithoutSite(said);
        };
    }

    private static boolean expectedWithoutSite(Said said) {
        return switch (said.origin) {
            case "own", "own with its port", "trusted" -> true; // F-08
            case "foreign", "null", "malformed", "twice" -> false; // F-09
            default ->
                switch (said.referer) {
                    case "own", "trusted" -> !said.isHandshake(); // F-10
                    case "foreign", "malformed" -> false; // F-11
                    default -> !said.isHandshake() && !said.carried.hasCookie(); // F-12
                };
        };
    }

    private static TestRequest request(Said said, Way way) {
        TestRequest request = new TestRequest().answer("getMethod", said.method);
        SITES.getOrDefault(said.site, List.of()).forEach(value -> request.header("Sec-Fetch-Site", value));
        ORIGINS.getOrDefault(said.origin, List.of()).forEach(value -> request.header("Origin", value));
        REFERERS.getOrDefault(said.referer, List.of()).forEach(value -> request.header("Referer", value));
        if (!way.mode.equals("absent")) {
            request.header("Sec-Fetch-Mode", way.mode);
        }
        if (!way.destination.equals("absent")) {
            request.header("Sec-Fetch-Dest", way.destination);
        }
        if (said.carried.hasCookie()) {
            request.header("Cookie", TestDesk.COOKIE + "=any");
        }
        if (said.carried == Carried.BEARER || said.carried == Carried.BOTH) {
            request.header("Authorization", "Bearer any");
        }
        if (said.kind == Kind.HANDSHAKE) {
            request.header("Upgrade", "WebSocket");
        }
        return request;
    }

    @ParameterizedTest
    @CsvSource({
        "https, shop.example, 443,  https://shop.example,      true",
        "https, shop.example, 443,  https://SHOP.example:443,  true",
        "https, shop.example, 443,  http://shop.example,       false",
        "https, shop.example, 8443, https://shop.example:8443, true",
        "https, shop.example, 8443, https://shop.example,      false",
        "http,  shop.example, 80,   http://shop.example,       true",
        "http,  shop.example, 80,   https://shop.example,      true",
        "http,  shop.example, 8080, https://shop.example:8080, true",
        "http,  shop.example, 8080, https://shop.example,      false",
        "http,  shop.example, 80,   https://shop.example:8443, false",
        "https, shop.example, 443,  https://shop.example.evil, false",
        "https, shop.example, 443,  https://evil@shop.example, false",
        "https, shop.example, 443,  https://shop.example/,     false",
        "https, shop.example, 443,  ftp://shop.example,        false",
        "http,  [::1],        8080, http://[::1]:8080,         true",
        "http,  ::1,          8080, http://[::1]:8080,         true",
        "https, shop.example, 443,  //shop.example,            false",
        "http,  my_app,       8080, http://my_app:8080,        true",
        "https, shop.example, 443,  https://shop.example:443443, false",
        "https, shop.example, 443,  https:shop.example,        false",
    })
    void knowsItsOwnOrigin(String scheme, String host, int port, String origin, boolean isOwn) {
        TestRequest request = TestDesk.withCookie("any")
                .answer("getMethod", "POST")
                .answer("getScheme", scheme)
                .answer("getServerName", host)
                .answer("getServerPort", port)
                .header("Origin", origin);

        assertThat(guard.admits(request.get(), new TestResponse().get(), false)).isEqualTo(isOwn);
    }

    @Test
    void tellsCachesWhatItGoesBy() {
        TestResponse guarded = new TestResponse();
        TestResponse read = new TestResponse();

        assertThat(guard.admits(
                        TestDesk.withCookie("any").answer("getMethod", "POST").get(), guarded.get(), false))
                .isFalse();
        assertThat(guard.admits(TestDesk.withCookie("any").get(), read.get(), false))
                .isTrue();
        assertThat(guarded.headers("Vary")).containsExactly("Sec-Fetch-Site, Origin");
        assertThat(read.headers("Vary")).isEmpty();

        TestResponse isolated = new TestResponse();
        assertThat(isolating.admits(TestDesk.withCookie("any").get(), isolated.get(), false))
                .isTrue();
        assertThat(isolated.headers("Vary")).containsExactly("Sec-Fetch-Site, Sec-Fetch-Mode, Sec-Fetch-Dest, Origin");
    }

    @ParameterizedTest
    @CsvSource({
        "navigate, document, true",
        "navigate, iframe,   true",
        "navigate, object,   false",
        "no-cors,  document, false",
    })
    @Tag("F-13")
    void takesNothingForANavigationThatSaysTwoThings(String mode, String destination, boolean isAdmitted) {
        TestRequest once = ofAnotherSite(mode, destination);
        assertThat(isolating.admits(once.get(), new TestResponse().get(), false))
                .isEqualTo(isAdmitted);

        TestRequest twice = ofAnotherSite(mode, destination).header("Sec-Fetch-Mode", mode);
        assertThat(isolating.admits(twice.get(), new TestResponse().get(), false))
                .isFalse();
    }

    private static TestRequest ofAnotherSite(String mode, String destination) {
        return TestDesk.withCookie("any")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Sec-Fetch-Mode", mode)
                .header("Sec-Fetch-Dest", destination);
    }

    @Test
    void remembersItsAnswerForTheRequestAndStillTellsCaches() {
        TestRequest request =
                TestDesk.withCookie("any").answer("getMethod", "POST").header("Origin", FOREIGN);
        assertThat(guard.admits(request.get(), new TestResponse().get(), false)).isFalse();
        TestResponse second = new TestResponse();

        request.header("Sec-Fetch-Site", "same-origin");

        assertThat(guard.admits(request.get(), second.get(), true)).isFalse();
        assertThat(second.headers("Vary")).containsExactly("Sec-Fetch-Site, Origin");
    }

    @Test
    void judgesARequestAnewThatHasBecomeOneOfAnotherKind() {
        TestRequest request = TestDesk.withCookie("any").header("Sec-Fetch-Site", "cross-site");
        assertThat(isolating.admits(
                        request.header("Sec-Fetch-Mode", "navigate").get(), new TestResponse().get(), false))
                .isTrue();

        request.answer("getMethod", "POST");

        assertThat(isolating.admits(request.get(), new TestResponse().get(), false))
                .isFalse();
    }

    @Test
    void letsEverythingThroughWhenItIsOff() {
        CrossSiteGuard off = new CrossSiteGuard(Optional.empty(), desk.transport);
        TestRequest request =
                TestDesk.withCookie("any").answer("getMethod", "POST").header("Origin", FOREIGN);

        assertThat(off.admits(request.get(), new TestResponse().get(), true)).isTrue();
    }
}
