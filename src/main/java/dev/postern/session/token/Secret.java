package dev.postern.session.token;

/**
 * The secret in a token: 256 random bits. Only its hash is ever stored.
 *
 * <p>Immutable. Its text never shows the secret.
 */
public final class Secret {

    public static final int BYTES = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    static Secret of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("A secret has " + BYTES + " bytes, not " + bytes.length + ".");
        }
        return new Secret(bytes.clone());
    }

    /** The bytes themselves, for the token and for nothing else. */
    byte[] reveal() {
        return bytes.clone();
    }

    SecretHash hash() {
        return SecretHash.of(bytes);
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
