package dev.postern.session;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key for HMAC-SHA-256. Every check of a token needs a MAC of its own, and a copy of one that is ready costs a
 * fraction of looking up the algorithm and setting the key anew.
 *
 * <p>Safe for concurrent use. Never shows itself in text.
 */
final class MacKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Mac ready;

    MacKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.ready = with(this.key);
    }

    /** A MAC that has seen nothing yet. */
    Mac mac() {
        try {
            return (Mac) ready.clone();
        } catch (CloneNotSupportedException e) { // a security provider may keep keys where they cannot be copied
            return with(key);
        }
    }

    /** A MAC under a key that is used no second time. */
    static Mac once(byte[] key) {
        return with(new SecretKeySpec(key, ALGORITHM));
    }

    private static Mac with(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM + ".", e);
        }
    }

    @Override
    public String toString() {
        return "MacKey[hidden]";
    }
}
