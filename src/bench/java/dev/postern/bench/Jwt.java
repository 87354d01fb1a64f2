package dev.postern.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A check of a token that nobody can revoke: that its signature is right and that it has not expired, and who its user is. With
 * Nimbus and no more than that, and as the servers do it with SmallRye JWT.
 */
@State(Scope.Benchmark)
public class Jwt {

    private static final String ISSUER = "https://issuer.example.org";
    private static final int USERS = 1000;
    private static final Duration LIFE = Duration.ofHours(12);

    private Checked rs256;
    private Checked es256;
    private Checked hs256;
    private JWTParser smallRyeRs256;
    private JWTParser smallRyeEs256;

    private record Checked(Cycle<String> tokens, JWSVerifier verifier) {

        Object check() throws JOSEException, java.text.ParseException {
            SignedJWT jwt = SignedJWT.parse(tokens.next());
            if (!jwt.verify(verifier)
                    || jwt.getJWTClaimsSet().getExpirationTime().toInstant().isBefore(Instant.now())) {
                throw new IllegalStateException("A token that counts was not let in.");
            }
            return jwt.getJWTClaimsSet().getStringListClaim("groups");
        }
    }

    @Setup(Level.Trial)
    public void begin() throws GeneralSecurityException, JOSEException {
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        KeyPair rsaKeys = rsa.generateKeyPair();
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ecKeys = ec.generateKeyPair();
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        rs256 = new Checked(
                tokens(JWSAlgorithm.RS256, new RSASSASigner(rsaKeys.getPrivate())),
                new RSASSAVerifier((RSAPublicKey) rsaKeys.getPublic()));
        es256 = new Checked(
                tokens(JWSAlgorithm.ES256, new ECDSASigner((java.security.interfaces.ECPrivateKey)
                        ecKeys.getPrivate())),
                new ECDSAVerifier((ECPublicKey) ecKeys.getPublic()));
        hs256 = new Checked(tokens(JWSAlgorithm.HS256, new MACSigner(secret)), new MACVerifier(secret));
        smallRyeRs256 = parser(rsaKeys.getPublic(), SignatureAlgorithm.RS256);
        smallRyeEs256 = parser(ecKeys.getPublic(), SignatureAlgorithm.ES256);
    }

    private static Cycle<String> tokens(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        List<String> tokens = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            String name = OurSessions.name(user);
            Instant now = Instant.now();
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(algorithm).keyID("1").build(),
                    new JWTClaimsSet.Builder()
                            .issuer(ISSUER)
                            .subject(name)
                            .claim("upn", name)
                            .claim("groups", List.of("clerk", "customer"))
                            .jwtID(UUID.randomUUID().toString())
                            .issueTime(Date.from(now))
                            .expirationTime(Date.from(now.plus(LIFE)))
                            .build());
            jwt.sign(signer);
            tokens.add(jwt.serialize());
        }
        return new Cycle<>(tokens);
    }

    private static JWTParser parser(PublicKey key, SignatureAlgorithm algorithm) {
        JWTAuthContextInfo info = new JWTAuthContextInfo(key, ISSUER);
        info.setSignatureAlgorithm(Set.of(algorithm));
        return new DefaultJWTParser(info);
    }

    @Benchmark
    public Object rs256() throws JOSEException, java.text.ParseException {
        return rs256.check();
    }

    @Benchmark
    public Object es256() throws JOSEException, java.text.ParseException {
        return es256.check();
    }

    @Benchmark
    public Object hs256() throws JOSEException, java.text.ParseException {
        return hs256.check();
    }

    @Benchmark
    public Object smallRyeRs256() throws ParseException {
        return smallRyeRs256.parse(rs256.tokens().next()).getGroups();
    }

    @Benchmark
    public Object smallRyeEs256() throws ParseException {
        return smallRyeEs256.parse(es256.tokens().next()).getGroups();
    }
}
