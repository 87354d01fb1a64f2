package dev.postern.http.logout;

import dev.postern.http.answer.JsonFactory;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A public key of the identity provider, from its JSON Web Key Set (RFC 7517).
 *
 * <p>Immutable.
 *
 * @param id the {@code kid}, if there is one
 * @param algorithm the {@code alg}, if the key is for one alone
 */
record ProviderKey(Optional<String> id, Optional<String> algorithm, PublicKey key) {

    /** The most keys of a set that are looked at. */
    static final int MOST = 64;

    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 8192;
    private static final int P256_BYTES = 32;

    /**
     * The keys of a set that can verify signatures. Others are left out, and so are those that cannot be read.
     *
     * @throws IllegalArgumentException if the text is no set of keys
     */
    static List<ProviderKey> set(String text) {
        List<ProviderKey> keys = new ArrayList<>();
        for (JsonValue key : array(text)) {
            if (keys.size() < MOST && key instanceof JsonObject fields) {
                of(fields).ifPresent(keys::add);
            }
        }
        return List.copyOf(keys);
    }

    private static JsonArray array(String text) {
        try {
            JsonArray keys = JsonFactory.object(text).getJsonArray("keys");
            if (keys != null) {
                return keys;
            }
        } catch (RuntimeException e) { // each parser has exceptions of its own
            throw new IllegalArgumentException("The provider's keys are no JSON Web Key Set.", e);
        }
        throw new IllegalArgumentException("The provider's keys are no JSON Web Key Set.");
    }

    /** Whether the key is meant for signatures of this algorithm. */
    boolean isFor(SignatureAlgorithm wanted) {
        return algorithm.map(wanted.name()::equals).orElse(true) && wanted.isFor(key);
    }

    private static Optional<ProviderKey> of(JsonObject fields) {
        try {
            boolean isForSignatures = text(fields, "use").map("sig"::equals).orElse(true) && mayVerify(fields);
            return isForSignatures
                    ? key(fields).map(key -> new ProviderKey(text(fields, "kid"), text(fields, "alg"), key))
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static boolean mayVerify(JsonObject fields) {
        JsonArray uses = fields.getJsonArray("key_ops");
        return uses == null
                || uses.stream()
                        .anyMatch(use -> use instanceof JsonString text
                                && text.getString().equals("verify"));
    }

    private static Optional<PublicKey> key(JsonObject fields) throws GeneralSecurityException {
        return switch (text(fields, "kty").orElse("")) {
            case "RSA" -> rsa(number(fields, "n"), number(fields, "e"));
            case "EC" -> text(fields, "crv").filter("P-256"::equals).isPresent() ? p256(fields) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<PublicKey> rsa(BigInteger modulus, BigInteger exponent) throws GeneralSecurityException {
        boolean isStrong = modulus.bitLength() >= LEAST_BITS
                && modulus.bitLength() <= MOST_BITS
                && exponent.bitLength() > 1
                && exponent.bitLength() <= Integer.SIZE
                && exponent.testBit(0);
        return isStrong
                ? Optional.of(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)))
                : Optional.empty();
    }

    private static Optional<PublicKey> p256(JsonObject fields) throws GeneralSecurityException {
        AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
        curve.init(new ECGenParameterSpec("secp256r1"));
        ECPoint point = new ECPoint(coordinate(fields, "x"), coordinate(fields, "y"));
        ECParameterSpec parameters = curve.getParameterSpec(ECParameterSpec.class);
        return Optional.of(KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, parameters)));
    }

    private static BigInteger coordinate(JsonObject fields, String name) {
        byte[] bytes = bytes(fields, name);
        if (bytes.length != P256_BYTES) {
            throw new IllegalArgumentException("A coordinate of P-256 has " + P256_BYTES + " bytes.");
        }
        return new BigInteger(1, bytes);
    }

    private static BigInteger number(JsonObject fields, String name) {
        return new BigInteger(1, bytes(fields, name));
    }

    private static byte[] bytes(JsonObject fields, String name) {
        return Base64.getUrlDecoder()
                .decode(text(fields, name).orElseThrow(() -> new IllegalArgumentException(name + " is missing.")));
    }

    private static Optional<String> text(JsonObject fields, String name) {
        return fields.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}
