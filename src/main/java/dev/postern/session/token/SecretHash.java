package dev.postern.session.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The SHA-256 of a secret, as a row keeps it. A plain hash is enough: a secret has 256 random bits, too many to try
 * (ASVS 6.5.2, by analogy).
 *
 * <p>Immutable. Compared in constant time.
 */
public final class SecretHash {

    public static final int BYTES = 32;

    private static final MessageDigest READY = newDigest();

    private final byte[] bytes;

    private SecretHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The hash of a secret's bytes. */
    static SecretHash of(byte[] secret) {
        return new SecretHash(digest().digest(secret));
    }

    /** A copy costs less than a new one, and every check of a token needs one. */
    private static MessageDigest digest() {
        try {
            return (MessageDigest) READY.clone();
        } catch (CloneNotSupportedException e) { // a security provider may not support it
            return newDigest();
        }
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
