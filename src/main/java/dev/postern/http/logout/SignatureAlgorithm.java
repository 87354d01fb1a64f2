package dev.postern.http.logout;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signatures that a logout token may have (RFC 7518, section 3.1). All are of a private key: {@code none} and those
 * by a shared secret are not among them, so nothing that is published can make one.
 */
enum SignatureAlgorithm {
    RS256,
    PS256,
    ES256;

    private static final int ES256_BYTES = 64;
    private static final int SALT_BYTES = 32;

    /** The algorithm of this name in the header of a token; empty if it is none of them. */
    static Optional<SignatureAlgorithm> of(String name) {
        return Stream.of(values()).filter(each -> each.name().equals(name)).findFirst();
    }

    /** Whether the key is of the kind that the algorithm needs. */
    boolean isFor(PublicKey key) {
        return this == ES256 ? key instanceof ECPublicKey : key instanceof RSAPublicKey;
    }

    /** Whether the key's owner has signed the bytes. */
    boolean verify(PublicKey key, byte[] signed, byte[] signature) {
        if (!isFor(key) || (this == ES256 && !isPossible(signature))) {
            return false;
        }
        try {
            Signature check = signature();
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (SignatureException | InvalidKeyException e) { // of another length, for instance
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The platform has no " + this + ".", e);
        }
    }

    private Signature signature() throws GeneralSecurityException {
        return switch (this) {
            case RS256 -> Signature.getInstance("SHA256withRSA");
            case ES256 -> Signature.getInstance("SHA256withECDSAinP1363Format");
            case PS256 -> pss();
        };
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature pss = newPss();
        pss.setParameter(new PSSParameterSpec(
                "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, SALT_BYTES, PSSParameterSpec.TRAILER_FIELD_BC));
        return pss;
    }

    private static Signature newPss() throws NoSuchAlgorithmException {
        return Signature.getInstance("RSASSA-PSS");
    }

    /** Two numbers, neither of which is zero: old platforms accept zeros from anybody (CVE-2022-21449). */
    private static boolean isPossible(byte[] signature) {
        return signature.length == ES256_BYTES && isNotZero(signature, 0) && isNotZero(signature, ES256_BYTES / 2);
    }

    private static boolean isNotZero(byte[] signature, int from) {
        int bits = 0;
        for (int at = from; at < from + ES256_BYTES / 2; at++) {
            bits |= signature[at];
        }
        return bits != 0;
    }
}
