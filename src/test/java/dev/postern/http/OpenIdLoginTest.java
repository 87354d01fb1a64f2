package dev.postern.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.ProvenUser;
import dev.postern.ProviderLogin;
import jakarta.security.enterprise.identitystore.openid.IdentityToken;
import jakarta.security.enterprise.identitystore.openid.JwtClaims;
import jakarta.security.enterprise.identitystore.openid.OpenIdContext;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is noted of a user whom the server's OpenID Connect mechanism has proven. */
@Tag("S-18")
class OpenIdLoginTest {

    private static final String ISSUER = "https://id.example";
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void isWhatTheTokenSays() {
        assertThat(login(token("a1")).apply(ProvenUser.of("ann")).attributes())
                .isEqualTo(new ProviderLogin(ISSUER, "a1", Optional.of("sid1"), NOW).attributes());
    }

    @Test
    void withoutATokenNobodyIsSignedIn() {
        assertRefused(login(null));
    }

    @Test
    void tokenThatCannotBeEndedSignsNobodyIn() {
        for (String missing : new String[] {"iss", "sub", "iat"}) {
            Map<String, Object> claims = claims("a1");
            claims.remove(missing);
            assertRefused(login(token(claims)));
        }
        Map<String, Object> other = claims("a1");
        other.put("iss", "https://id.example.org");
        assertRefused(login(token(other)));
    }

    private static void assertRefused(OpenIdLogin login) {
        assertThatThrownBy(() -> login.apply(ProvenUser.of("ann"))).isInstanceOf(IllegalStateException.class);
    }

    private static Map<String, Object> claims(String subject) {
        return new HashMap<>(Map.of("iss", ISSUER, "sub", subject, "sid", "sid1", "iat", NOW));
    }

    private static IdentityToken token(String subject) {
        return token(claims(subject));
    }

    private static IdentityToken token(Map<String, Object> claims) {
        JwtClaims read = answering(
                JwtClaims.class,
                Map.of(
                        "getIssuer", Optional.ofNullable(claims.get("iss")),
                        "getSubject", Optional.ofNullable(claims.get("sub")),
                        "getIssuedAt", Optional.ofNullable(claims.get("iat")),
                        "getStringClaim", Optional.ofNullable(claims.get("sid"))));
        return answering(IdentityToken.class, Map.of("getJwtClaims", read));
    }

    private static OpenIdLogin login(@Nullable IdentityToken token) {
        Map<String, Object> answers = token == null ? Map.of() : Map.of("getIdentityToken", token);
        OpenIdContext context = answering(OpenIdContext.class, answers);
        return new OpenIdLogin(ISSUER, () -> context);
    }

    private static <T> T answering(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
