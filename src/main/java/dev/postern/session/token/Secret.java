package dev.postern.session.token;

/**
 * What a token proves possession of: 256 random bits. Only its hash is ever stored.
 *
 * <p>Immutable. Never shows itself in text.
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
