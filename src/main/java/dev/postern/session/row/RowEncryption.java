package dev.postern.session.row;

import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TokenMint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts rows with AES-256-GCM. A reader of the grid, its traffic or the heap of a member does not learn who is
 * signed in, and a writer cannot make a row, change one, or put it in another's place.
 *
 * <p>A sealed row is {@code version 1, key id 1, nonce 12, the row, tag 16}. Every place has a key of its own, made
 * from a key of the ring with HMAC-SHA-256 over the namespace and the row's key, so that random nonces never come near
 * the number of writes that one key bears (2<sup>32</sup>; NIST SP 800-38D, section 8.3). Namespace, row key and the
 * first two bytes are authenticated besides.
 *
 * <p>The first key of the ring seals, all of them open. Epochs are sealed under the index key instead: a user has one
 * as long as the user's handle is the same, and it must stay readable when a key of the ring is thrown away (it
 * contains no name).
 *
 * <p>Safe for concurrent use, as far as the random generator is.
 */
public final class RowEncryption {

    /** By how many bytes a row grows. */
    static final int OVERHEAD = 2 + 12 + 16;

    private static final byte VERSION = 2;
    private static final byte NO_KEY_OF_THE_RING = 0;
    private static final int HEADER_BYTES = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final RandomGenerator random;
    private final byte[] purpose;

    /** A seal for the rows of one namespace. */
    public RowEncryption(String namespace, KeyRing keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
        this.purpose = TokenMint.purpose("row", namespace);
    }

    public byte[] close(RowKey place, byte[] row) {
        byte id = isEpoch(place) ? NO_KEY_OF_THE_RING : keys.signingKey();
        byte[] sealed = new byte[row.length + OVERHEAD];
        sealed[0] = VERSION;
        sealed[1] = id;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, sealed, HEADER_BYTES, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, place, mac(place, id).orElseThrow(), sealed);
            cipher.doFinal(row, 0, row.length, sealed, HEADER_BYTES + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw unknown(e);
        }
    }

    /** What was sealed for this place; empty if it was not, or with a key that the ring no longer has. */
    Optional<byte[]> open(RowKey place, byte[] sealed) {
        if (sealed.length < OVERHEAD || sealed.length > RowFormat.MOST_BYTES + OVERHEAD || sealed[0] != VERSION) {
            return Optional.empty();
        }
        return mac(place, sealed[1]).flatMap(mac -> open(place, mac, sealed));
    }

    private Optional<byte[]> open(RowKey place, Mac mac, byte[] sealed) {
        int start = HEADER_BYTES + NONCE_BYTES;
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, place, mac, sealed).doFinal(sealed, start, sealed.length - start));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw unknown(e);
        }
    }

    private Optional<Mac> mac(RowKey place, byte id) {
        return isEpoch(place) ? Optional.of(keys.indexMac()) : keys.mac(id);
    }

    private Cipher cipher(int mode, RowKey place, Mac mac, byte[] sealed) throws GeneralSecurityException {
        byte[] name = place.text().getBytes(StandardCharsets.UTF_8);
        mac.update(purpose);
        SecretKeySpec key = new SecretKeySpec(mac.doFinal(name), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, sealed, HEADER_BYTES, NONCE_BYTES));
        cipher.updateAAD(ByteBuffer.wrap(sealed, 0, HEADER_BYTES));
        cipher.updateAAD(purpose);
        cipher.updateAAD(name);
        return cipher;
    }

    private static boolean isEpoch(RowKey place) {
        return place.session().isEmpty();
    }

    private static IllegalStateException unknown(GeneralSecurityException e) {
        return new IllegalStateException("Every Java platform has AES-256-GCM.", e);
    }
}
