package dev.postern.http.logout;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.postern.http.logout.LogoutTokenVerifier.Rules;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * An identity provider that makes logout tokens, with a library that knows nothing of ours. Its keys are fetched by a
 * call, and that can fail.
 *
 * <p>For one thread.
 */
public final class TestProvider {

    public static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    public static final String ISSUER = "https://id.example/realm";
    public static final String CLIENT = "shop";
    public static final Rules RULES = new Rules(ISSUER, CLIENT, Duration.ofSeconds(30));

    static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";

    static final RSAKey RSA = rsa("rsa", 2048);
    static final RSAKey STRANGER = rsa("rsa", 2048);
    static final ECKey EC = ec("ec");

    private final List<JWK> published = new ArrayList<>(List.of(RSA.toPublicJWK(), EC.toPublicJWK()));
    private int fetches;
    private boolean isDown;
    private Duration time = Duration.ZERO;

    static RSAKey rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    void publish(JWK... keys) {
        published.clear();
        published.addAll(List.of(keys));
    }

    public void setDown(boolean down) {
        isDown = down;
    }

    /** How long the test has run, by {@link #nanoTime()}. */
    void setTime(Duration passed) {
        time = passed;
    }

    long nanoTime() {
        return time.toNanos();
    }

    int fetches() {
        return fetches;
    }

    public String fetch() throws IOException {
        fetches++;
        if (isDown) {
            throw new IOException("The provider is down.");
        }
        return new JWKSet(published).toPublicJWKSet().toString();
    }

    /** The claims of a good token for a subject and one of its sessions. */
    public static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(CLIENT)
                .subject("ann's number")
                .claim("sid", "session 7")
                .jwtID("token 1")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(120)))
                .claim("events", Map.of(EVENT, Map.of()));
    }

    /** A token as the provider would send it. */
    public static String token(JWTClaimsSet.Builder claims) {
        return signed(header(JWSAlgorithm.RS256, "rsa"), claims, RSA);
    }

    static JWSHeader.Builder header(JWSAlgorithm algorithm, String key) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("logout+jwt"))
                .keyID(key);
    }

    static String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWK key) {
        try {
            JWSSigner signer = key instanceof ECKey ec ? new ECDSASigner(ec) : new RSASSASigner((RSAKey) key);
            SignedJWT token = new SignedJWT(header.build(), claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
