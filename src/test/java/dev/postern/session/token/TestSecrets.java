package dev.postern.session.token;

/** Hashes of secrets, to be compared. */
public final class TestSecrets {

    public static final int HASH_BYTES = SecretHash.BYTES;

    /** How many of a token's bytes are its tag: the last ones. */
    public static final int TAG_BYTES = 16;

    private TestSecrets() {}

    public static SecretHash hash(byte[] bytes) {
        return SecretHash.read(bytes);
    }
}
