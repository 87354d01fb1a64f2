package dev.postern.bench.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;

/**
 * The keys of one run: Postern's, and the pair that signs tokens of MicroProfile JWT.
 *
 * <p>Immutable.
 */
final class Keys {

    static final String ISSUER = "bench";
    private static final int RSA_BITS = 2048;
    private static final int KEY_BYTES = 32;
    private static final Duration LIFETIME = Duration.ofHours(12);
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;
    private final String ring;
    private final String index;

    Keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RSA_BITS);
        pair = generator.generateKeyPair();
        ring = "1:" + drawn();
        index = drawn();
    }

    private static String drawn() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** The value of {@code postern.keys}. */
    String ring() {
        return ring;
    }

    /** The value of {@code postern.keys.index}. */
    String index() {
        return index;
    }

    /** The public key of the tokens, as {@code mp.jwt.verify.publickey} has it. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** A token with what MicroProfile JWT asks for and nothing else. */
    String token(String user, String role) {
        long now = Clock.systemUTC().instant().getEpochSecond();
        String claims = """
                {"iss":"%s","sub":"%s","upn":"%s","groups":["%s"],"jti":"%s","iat":%d,"exp":%d}""".formatted(ISSUER, user, user, role, user, now, now + LIFETIME.toSeconds());
        String signed = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encoded(claims);
        return signed + "." + URL.encodeToString(signature(signed));
    }

    private byte[] signature(String signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
