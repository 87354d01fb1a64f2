package dev.postern.session.token;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of one cluster. The first signs tokens, and all verify them, so a key can be replaced without signing users
 * out. The index key makes the handles of users, and stays when the others are replaced.
 *
 * <p>Immutable. Its text never shows a key.
 */
public final class KeyRing {

    /** How many bytes a key has at least. */
    public static final int KEY_BYTES = 32;

    private static final int MOST_ID = 255;

    private final List<Key> keys;
    private final HmacKey index;

    private KeyRing(List<Key> keys, byte[] index) {
        this.keys = keys;
        this.index = new HmacKey(index);
    }

    private record Key(byte id, HmacKey secret) {}

    /**
     * Reads a ring from the settings. The text of a key never reaches a message.
     *
     * @param ring {@code id:base64} pairs with a comma between; ids from 0 to 255, keys of at least {@value #KEY_BYTES}
     *     bytes
     * @param index the index key in base64, of at least {@value #KEY_BYTES} bytes
     * @throws IllegalArgumentException saying what is wrong
     */
    public static KeyRing parse(String ring, String index) {
        List<Key> keys = new ArrayList<>();
        Set<Byte> ids = new HashSet<>();
        for (String entry : ring.split(",", -1)) {
            Key key = key(entry.strip());
            if (!ids.add(key.id)) {
                throw new IllegalArgumentException("key id " + Byte.toUnsignedInt(key.id) + " occurs twice");
            }
            keys.add(key);
        }
        return new KeyRing(List.copyOf(keys), bytes("the index key", index.strip()));
    }

    /** The ring of a cluster without configured keys: one signing key and an index key, from 64 random bytes. */
    public static KeyRing drawn(byte[] random) {
        if (random.length != 2 * KEY_BYTES) {
            throw new IllegalArgumentException("Two keys need " + 2 * KEY_BYTES + " bytes, not " + random.length + ".");
        }
        byte[] signing = Arrays.copyOfRange(random, 0, KEY_BYTES);
        byte[] index = Arrays.copyOfRange(random, KEY_BYTES, 2 * KEY_BYTES);
        return new KeyRing(List.of(new Key((byte) 0, new HmacKey(signing))), index);
    }

    /** The id of the key that signs. */
    public byte signingKey() {
        return keys.get(0).id;
    }

    /** A MAC under the key of that id; empty if the ring has no such key. */
    public Optional<Mac> mac(byte id) {
        for (Key key : keys) {
            if (key.id == id) {
                return Optional.of(key.secret.mac());
            }
        }
        return Optional.empty();
    }

    /** A MAC under a key that is derived for the purpose from the key of that id; empty if the ring has no such key. */
    Optional<Mac> mac(byte id, byte[] purpose) {
        return mac(id).map(mac -> HmacKey.once(mac.doFinal(purpose)));
    }

    /** A MAC under the index key. */
    public Mac indexMac() {
        return index.mac();
    }

    static boolean isId(String text) {
        return text.matches("\\d{1,3}") && Integer.parseInt(text) <= MOST_ID;
    }

    private static Key key(String entry) {
        int colon = entry.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("each key is written as id:base64");
        }
        String id = entry.substring(0, colon);
        if (!isId(id)) {
            throw new IllegalArgumentException("a key id is a number from 0 to 255");
        }
        byte[] secret = bytes("key " + id, entry.substring(colon + 1));
        return new Key((byte) Integer.parseInt(id), new HmacKey(secret));
    }

    private static byte[] bytes(String name, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + " is not base64", e);
        }
        if (bytes.length < KEY_BYTES) {
            throw new IllegalArgumentException(name + " has " + bytes.length + " bytes, and needs " + KEY_BYTES);
        }
        return bytes;
    }

    @Override
    public String toString() {
        return "KeyRing[" + keys.size() + " keys, hidden]";
    }

    /**
     * A key for HMAC-SHA-256. Every check of a token needs a MAC of its own. A copy of one that has its key costs a
     * fraction of a new one.
     *
     * <p>Safe for concurrent use. Its text never shows the key.
     */
    static final class HmacKey {

        private static final String ALGORITHM = "HmacSHA256";

        private final SecretKeySpec key;
        private final Mac ready;

        HmacKey(byte[] key) {
            this.key = new SecretKeySpec(key, ALGORITHM);
            this.ready = with(this.key);
        }

        /** A MAC without input yet. */
        Mac mac() {
            try {
                return (Mac) ready.clone();
            } catch (CloneNotSupportedException e) { // a security provider may keep keys where they cannot be copied
                return with(key);
            }
        }

        /** A MAC under a key that is used only once. */
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
            return "HmacKey[hidden]";
        }
    }
}
