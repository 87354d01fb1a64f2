package dev.postern.session.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a secret, as a row keeps it. A plain hash is enough because a secret has 256 random bits (ASVS 6.5.2,
 * by analogy), too many to try.
 *
 * <p>Immutable. Compared in constant time only.
 */
public final class SecretHash {

    public static final int BYTES = 32;

    private static final MessageDigest READY = anew();

    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of a secret's bytes. */
    static SecretHash of(byte[] secret) {
        return new SecretHash(digest().digest(secret));
    }

    /** A copy of one that is ready costs less than looking up the algorithm, which every check of a token would do. */
    private static MessageDigest digest() {
        try {
            return (MessageDigest) READY.clone();
        } catch (CloneNotSupportedException e) { // a security provider need not be able to
            return anew();
        }
    }

    private static MessageDigest anew() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

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
