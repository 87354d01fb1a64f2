package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.cdi.ApplicationNames;
import dev.postern.cdi.application.DeployedApplication;
import dev.postern.cdi.settings.ConfigValues;
import dev.postern.cdi.settings.CoreSettingsReader;
import dev.postern.cdi.settings.Settings;
import dev.postern.http.ApplicationMechanism;
import dev.postern.http.CredentialSignIn;
import dev.postern.http.RequestAuthenticator;
import dev.postern.http.SecondFactorSignIn;
import dev.postern.http.SessionMechanism;
import dev.postern.http.SignOut;
import dev.postern.http.credential.CredentialVerifier;
import dev.postern.http.credential.SignInPolicy;
import dev.postern.http.credential.WaitingClock;
import dev.postern.http.crosssite.CrossSiteGuard;
import dev.postern.http.request.EndpointPaths;
import dev.postern.http.request.PassiveRequests;
import dev.postern.http.request.TrustedProxies;
import dev.postern.http.transport.TokenTransport;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Bulkhead;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.request.UserLookup;
import dev.postern.session.throttle.AttemptKeys;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.testing.InMemoryFailureCounts;
import dev.postern.testing.TestMessageContext;
import dev.postern.testing.TestRequest;
import dev.postern.testing.TestResponse;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every combination of the settings of the cookie: which are allowed, and the lines that set and remove the cookie,
 * letter for letter. The expected lines are written out here.
 */
@Tag("S-23")
@Tag("S-24")
@Tag("S-25")
@Tag("S-84")
@Tag("S-85")
@Tag("S-91")
@Tag("P-69")
@Tag("P-74")
class CookieLinesTest {

    private static final String LONG = "n".repeat(80);
    private static final int TOKEN = 115;

    /** The empty text where a setting is left out. */
    private record Given(String name, String path, String domain, String sameSite, String secure, String partitioned) {

        Map<String, String> settings() {
            Map<String, String> settings = new HashMap<>();
            put(settings, "name", name);
            put(settings, "path", path);
            put(settings, "domain", domain);
            put(settings, "same-site", sameSite);
            put(settings, "secure", secure);
            put(settings, "partitioned", partitioned);
            return settings;
        }

        private static void put(Map<String, String> settings, String key, String value) {
            if (!value.isEmpty()) {
                settings.put("postern.cookie." + key, value);
            }
        }

        boolean isSecure() {
            return !secure.equals("false");
        }

        boolean isWholeHost() {
            return !path.equals("/shop") && domain.isEmpty();
        }

        boolean isAllowed() {
            boolean isPrefixTrue = !name.startsWith("__Host-") || (isSecure() && isWholeHost());
            boolean isOtherPrefixTrue = !name.startsWith("__Secure-") || isSecure();
            boolean isNoneSecure = !sameSite.equals("none") || isSecure();
            boolean isPartitionPossible = !partitioned.equals("true") || (sameSite.equals("none") && isSecure());
            return isPrefixTrue && isOtherPrefixTrue && isNoneSecure && isPartitionPossible;
        }

        String expectedName() {
            if (!name.isEmpty()) {
                return name;
            }
            return !isSecure() ? "postern" : isWholeHost() ? "__Host-postern" : "__Secure-postern";
        }

        String expectedAttributes() {
            return (path.equals("/shop") ? "; Path=/shop" : "; Path=/")
                    + (domain.isEmpty() ? "" : "; Domain=shop.example")
                    + (isSecure() ? "; Secure" : "")
                    + "; HttpOnly"
                    + switch (sameSite) {
                        case "strict" -> "; SameSite=Strict";
                        case "none" -> "; SameSite=None";
                        default -> "; SameSite=Lax";
                    }
                    + (partitioned.equals("true") ? "; Partitioned" : "");
        }
    }

    @Test
    @Tag("S-27")
    @Tag("S-33")
    void areWhatTheSettingsSayAndNoOthersAreAllowed() {
        List<Given> all = all();
        int allowed = 0;
        for (Given given : all) {
            ConfigValues values = new ConfigValues(
                    name -> Optional.ofNullable(given.settings().get(name)));
            Settings settings = new CoreSettingsReader(values).read();
            assertThat(values.wrong().isEmpty())
                    .as(given + " " + values.wrong())
                    .isEqualTo(given.isAllowed());
            if (given.isAllowed()) {
                allowed++;
                isSetAndRemoved(given, settings);
            }
        }
        assertThat(all).hasSize(5 * 3 * 2 * 4 * 3 * 3);
        assertThat(allowed).isPositive();
    }

    private static void isSetAndRemoved(Given given, Settings settings) {
        Client client = new Client(settings);
        String session = client.signIn(false);
        String remembered = client.signIn(true);
        String removed = client.signOut();

        String name = given.expectedName();
        String token = "[A-Za-z0-9_-]{" + TOKEN + "}";
        String attributes = given.expectedAttributes();
        assertThat(session.replaceFirst("=" + token + ";", "=TOKEN;")).isEqualTo(name + "=TOKEN" + attributes);
        assertThat(remembered
                        .replaceFirst("=" + token + ";", "=TOKEN;")
                        .replaceFirst(
                                "Expires=[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} GMT",
                                "Expires=DATE"))
                .isEqualTo(name + "=TOKEN; Max-Age=2592000; Expires=DATE" + attributes);
        assertThat(removed).isEqualTo(name + "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + attributes);
        assertThat(name.length() + TOKEN).isLessThan(256);
        assertThat(given.isSecure()).isEqualTo(session.contains("; Secure"));
    }

    private static List<Given> all() {
        List<Given> all = new ArrayList<>();
        for (String name : List.of("", "sid", LONG, "__Host-sid", "__Secure-sid")) {
            for (String path : List.of("", "/", "/shop")) {
                for (String domain : List.of("", "shop.example")) {
                    for (String sameSite : List.of("", "lax", "strict", "none")) {
                        for (String secure : List.of("", "true", "false")) {
                            List.of("", "true", "false")
                                    .forEach(partitioned ->
                                            all.add(new Given(name, path, domain, sameSite, secure, partitioned)));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** Signs in and out at an application that stands at the root of its host. */
    private static final class Client {

        private final SessionMechanism mechanism;

        Client(Settings settings) {
            TokenTransport transport = CoreProducers.transport(
                    settings,
                    new ApplicationNames(settings, new DeployedApplication("shop", "shop", "", Optional.empty())));
            TestSessions sessions = new TestSessions();
            SignInThrottle throttle = new SignInThrottle(
                    new InMemoryFailureCounts(TestSessions.START),
                    new AttemptKeys(sessions.mint(), Optional.empty(), any -> false),
                    new EventPublisher(event -> {}));
            Bulkhead bulkhead = new Bulkhead(CredentialVerifier.limits(1), Duration.ZERO);
            CredentialVerifier verifier = new CredentialVerifier(
                    credential -> new CredentialValidationResult("ann", Set.of()),
                    throttle,
                    UserLookup.unchanging(),
                    sessions.keeper(),
                    WaitingClock.SYSTEM,
                    bulkhead);
            RequestAuthenticator authenticator = new RequestAuthenticator(
                    sessions.keeper(), transport, List.of(), UserLookup.unchanging(), TrustedProxies.NONE);
            CredentialSignIn signIn = new CredentialSignIn(
                    authenticator,
                    sessions.keeper(),
                    transport,
                    verifier,
                    new SignInPolicy(true, TrustedProxies.NONE),
                    Optional.empty(),
                    new SecondFactorSignIn(
                            sessions.keeper(), transport, throttle, bulkhead, SignInPolicy.STANDARD, Optional.empty()));
            CrossSiteGuard guard = new CrossSiteGuard(settings.web().crossSite(), transport);
            this.mechanism = new SessionMechanism(
                    authenticator,
                    signIn,
                    new SignOut(sessions.keeper(), transport),
                    new EndpointPaths("/postern", false),
                    new PassiveRequests(List.of(), "Postern-Passive"),
                    guard,
                    transport,
                    new ApplicationMechanism(Optional.empty(), false, signIn, guard, UnaryOperator.identity()));
        }

        String signIn(boolean isRemembered) {
            TestRequest request = new TestRequest();
            TestResponse response = new TestResponse();
            signIn(request, response, isRemembered);
            return onlyLine(response);
        }

        String signOut() {
            TestRequest request = new TestRequest();
            TestResponse response = new TestResponse();
            signIn(request, response, false);
            mechanism.cleanSubject(request.get(), response.get(), new TestMessageContext(request.get(), false).get());
            return onlyLine(response);
        }

        private void signIn(TestRequest request, TestResponse response, boolean isRemembered) {
            AuthenticationParameters parameters = AuthenticationParameters.withParams()
                    .credential(new UsernamePasswordCredential("ann", "ann-pw"))
                    .rememberMe(isRemembered);
            new TestMessageContext(request.get(), parameters).ask(mechanism, response);
        }

        private static String onlyLine(TestResponse response) {
            assertThat(response.headers("Set-Cookie")).hasSize(1);
            return response.headers("Set-Cookie").get(0);
        }
    }
}
