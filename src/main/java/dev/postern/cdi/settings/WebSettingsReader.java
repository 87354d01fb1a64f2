package dev.postern.cdi.settings;

import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.crosssite.Cors;
import dev.postern.http.crosssite.CrossSitePolicy;
import dev.postern.http.crosssite.CsrfCheck;
import dev.postern.http.crosssite.Origin;
import dev.postern.http.endpoint.RecentAuthentication;
import dev.postern.http.logout.LogoutTokenVerifier;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.request.PathPatterns;
import dev.postern.http.request.TrustedProxies;
import dev.postern.http.transport.BearerHeader;
import dev.postern.http.transport.CookieAttributes;
import dev.postern.http.transport.PlainHttpPolicy;
import dev.postern.http.transport.SameSite;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes {@link WebSettings} of the values, and checks which values exclude each other.
 *
 * <p>For one thread.
 */
final class WebSettingsReader {

    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}");
    private static final Pattern COOKIE_PATH = Pattern.compile("/[A-Za-z0-9/._~%-]{0,1000}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]{1,253}");
    private static final Pattern URL_PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final Pattern PATH_LIST = Pattern.compile("(/[^,\\s;*]*(/\\*)?)(,/[^,\\s;*]*(/\\*)?)*");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final String LOGOUT = "back-channel-logout.";
    private static final Pattern ISSUER = Pattern.compile("https?://[!-~]{1,500}");
    private static final Pattern AUDIENCE = Pattern.compile("[!-~]{1,255}");
    private static final Pattern KEYS =
            Pattern.compile("(https://[A-Za-z0-9.-]+|http://(127\\.0\\.0\\.1|localhost|\\[::1]))(:\\d{1,5})?"
                    + "(/([A-Za-z0-9/._~?&=:@+,-]|%[0-9A-Fa-f]{2})*)?");
    private static final Pattern ANY = Pattern.compile(".+");

    private final ConfigValues values;

    WebSettingsReader(ConfigValues values) {
        this.values = values;
    }

    /** The settings; to be used only if {@link ConfigValues#wrong()} is empty afterwards. */
    WebSettings read() {
        WebSettings.Cookie cookie = new WebSettings.Cookie(
                values.text("cookie.name", COOKIE_NAME, "a cookie name of at most 80 characters"),
                values.text("cookie.path", "/", COOKIE_PATH, "a path of at most 1001 characters that begins with /"),
                values.text("cookie.domain", HOST, "a host name"),
                new CookieAttributes.Flags(
                        values.choice("cookie.same-site", SameSite.LAX),
                        values.flag("cookie.secure", true),
                        values.flag("cookie.partitioned", false)));
        requirePossible(cookie);
        WebSettings.Transport transport = new WebSettings.Transport(
                cookie,
                values.choice("cookie.plain-http", PlainHttpPolicy.LOOPBACK),
                new BearerHeader(values.flag("bearer.enabled", false)),
                values.choice("cross-site.token", CsrfCheck.Rule.OFF));
        WebSettings.Endpoints endpoints = endpoints();
        return new WebSettings(
                values.flag("mechanism.enabled", true),
                transport,
                endpoints,
                passive(),
                otherSites(transport),
                new SignInPolicy(
                        values.flag("remember.enabled", false),
                        new TrustedProxies(values.number("client-address.trusted-proxies", 0, 0, 16)),
                        secondStep()),
                provider(endpoints));
    }

    /** The provider that may end sessions: all of it is set, or nothing. */
    private Optional<WebSettings.Provider> provider(WebSettings.Endpoints endpoints) {
        Optional<String> issuer =
                values.text(LOGOUT + "issuer", ISSUER, "the claim iss of the provider's tokens, an address");
        Optional<String> audience = values.text(LOGOUT + "audience", AUDIENCE, "the client id at the provider");
        Optional<String> keys = values.text(
                LOGOUT + "keys",
                KEYS,
                "the jwks_uri of the provider: an https address, or an http address of this machine");
        Duration skew = values.duration(LOGOUT + "clock-skew", "PT30S", "PT0S", "PT5M");
        boolean isOn = issuer.isPresent() || audience.isPresent() || keys.isPresent();
        values.require(
                !isOn || (issuer.isPresent() && audience.isPresent() && keys.isPresent()),
                "postern.back-channel-logout.issuer, .audience and .keys are set together or not at all.");
        values.require(
                !isOn || endpoints.paths().isPresent(),
                "postern.back-channel-logout.issuer is set, which needs postern.endpoints.enabled=true.");
        return issuer.flatMap(iss -> audience.flatMap(aud -> keys.map(address ->
                new WebSettings.Provider(new LogoutTokenVerifier.Rules(iss, aud, skew), URI.create(address)))));
    }

    private SignInPolicy.SecondStep secondStep() {
        Optional<String> page =
                values.text("endpoints.second-factor-page", URL_PATH, "a path of the application such as /code");
        values.require(
                page.isEmpty() || values.flag("endpoints.login-page", false),
                "postern.endpoints.second-factor-page is set, which needs postern.endpoints.login-page=true.");
        return new SignInPolicy.SecondStep(
                values.duration("sign-in.second-factor-within", "PT5M", "PT10S", "PT1H"), page);
    }

    private WebSettings.Endpoints endpoints() {
        boolean hasEndpoints = values.flag("endpoints.enabled", true);
        boolean hasLoginPage = values.flag("endpoints.login-page", false);
        values.require(
                hasEndpoints || !hasLoginPage,
                "postern.endpoints.login-page is true, which needs postern.endpoints.enabled=true.");
        String path = values.text("endpoints.path", "/postern", URL_PATH, "a path such as /postern");
        return new WebSettings.Endpoints(
                hasEndpoints ? Optional.of(new EndpointPaths(path, hasLoginPage)) : Optional.empty(),
                new RecentAuthentication(values.duration("endpoints.fresh-within", "PT15M", "PT0S", "PT24H")));
    }

    /**
     * The guard against other sites, which {@code SameSite=None} needs: nothing else keeps their requests away (S-91).
     */
    private WebSettings.OtherSites otherSites(WebSettings.Transport transport) {
        boolean isOn = values.flag("cross-site.guard", true);
        boolean isIsolating = values.flag("cross-site.isolation", false);
        String range = "origins such as https://app.example or capacitor://localhost, with commas";
        List<String> listed = values.text("cross-site.trusted-origins", ANY, range)
                .map(list -> List.of(list.split(",", -1)))
                .orElse(List.of());
        Set<Origin> trusted = listed.stream()
                .flatMap(text -> Origin.parse(text.strip()).stream())
                .collect(Collectors.toSet());
        values.require(
                listed.stream().allMatch(text -> Origin.parse(text.strip()).isPresent()),
                "postern.cross-site.trusted-origins must be " + range + ", without a path.");
        values.require(
                isOn || transport.cookie().flags().sameSite() != SameSite.NONE,
                "postern.cookie.same-site is none, which needs postern.cross-site.guard=true.");
        values.require(
                isOn || transport.csrf() == CsrfCheck.Rule.OFF,
                "postern.cross-site.token is required, which needs postern.cross-site.guard=true.");
        values.require(
                isOn || !isIsolating,
                "postern.cross-site.isolation is true, which needs postern.cross-site.guard=true.");
        return new WebSettings.OtherSites(
                isOn ? Optional.of(new CrossSitePolicy(trusted, isIsolating)) : Optional.empty(),
                new Cors(trusted),
                new PathPatterns(paths("cross-site.sign-in-paths", "/sso/callback or /saml/*")));
    }

    private PassiveRequests passive() {
        return new PassiveRequests(
                paths("passive.paths", "/inbox/count or /status/*"),
                values.text("passive.header", "Postern-Passive", HEADER, "the name of a header"));
    }

    private List<String> paths(String key, String examples) {
        return values.text(key, PATH_LIST, "paths such as " + examples + ", with commas")
                .map(list -> List.of(list.split(",")))
                .orElse(List.of());
    }

    /**
     * Checks that the cookie's prefix and {@code SameSite} fit its other attributes: otherwise browsers drop the
     * cookie, and no user can sign in.
     */
    private void requirePossible(WebSettings.Cookie cookie) {
        String name = cookie.name().orElse("");
        CookieAttributes.Flags flags = cookie.flags();
        values.require(
                !name.startsWith("__Host-") || cookie.prefix().equals("__Host-"),
                "postern.cookie.name begins with __Host-, which needs postern.cookie.secure=true,"
                        + " postern.cookie.path=/ and no postern.cookie.domain.");
        values.require(
                !name.startsWith("__Secure-") || flags.isSecure(),
                "postern.cookie.name begins with __Secure-, which needs postern.cookie.secure=true.");
        values.require(
                flags.sameSite() != SameSite.NONE || flags.isSecure(),
                "postern.cookie.same-site is none, which needs postern.cookie.secure=true.");
        values.require(
                !flags.isPartitioned() || (flags.sameSite() == SameSite.NONE && flags.isSecure()),
                "postern.cookie.partitioned is true, which needs postern.cookie.same-site=none and"
                        + " postern.cookie.secure=true.");
    }
}
