package dev.postern.session.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a secret, as a row keeps it, or of the whole text of a token. A plain hash is enough: a secret has 256
 * random bits, too many to try (ASVS 6.5.2, by analogy).
 *
 * <p>Immutable. Compared in constant time.
 */
public final class SecretHash {

    public static final int BYTES = 32;

    /** Every check of a token needs one, and a new one costs more than its use. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(SecretHash::newDigest);

    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of a secret's bytes. */
    static SecretHash of(byte[] secret) {
        return new SecretHash(DIGEST.get().digest(secret));
    }

    /** The hash of the text of a token, which contains a secret. Characters that no token has count as one. */
    static SecretHash ofText(String token) {
        return of(token.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** The hash that a row keeps. */
    public static SecretHash read(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A hash has " + BYTES + " bytes, not " + bytes.length + ".");
        }
        return new SecretHash(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "SecretHash[hidden]";
    }
}
