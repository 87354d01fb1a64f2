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
 * Encrypts rows with AES-256-GCM. A reader of the store, its traffic or a member's heap does not learn which users are
 * signed in. A writer to the store cannot forge or change a row, or move it to another key.
 *
 * <p>The bytes are {@code version 1, key id 1, nonce 12, the encrypted row, tag 16}. The namespace, the row's key and
 * the first two bytes are authenticated as associated data. Each row has an AES key of its own: HMAC-SHA-256 of
 * namespace and row key, under a key of the ring. So the random nonces stay far below the 2<sup>32</sup> writes that
 * one AES key allows (NIST SP 800-38D, section 8.3).
 *
 * <p>The first key of the ring encrypts, and every key decrypts. Epochs, and what an identity provider knows, are
 * encrypted under the index key instead. They contain no name, and must stay readable when a key leaves the ring.
 *
 * <p>Safe for concurrent use, as far as the random generator is.
 */
public final class RowEncryption {

    /** How many bytes longer an encrypted row is. */
    static final int OVERHEAD = 2 + 12 + 16;

    private static final byte VERSION = 2;
    private static final byte INDEX_KEY = 0;
    private static final int HEADER_BYTES = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final RandomGenerator random;
    private final byte[] purpose;

    /** The encryption of one namespace's rows. */
    public RowEncryption(String namespace, KeyRing keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
        this.purpose = TokenMint.purpose("row", namespace);
    }

    /** Encrypts the bytes of the row under this key. */
    public byte[] encrypt(RowKey rowKey, byte[] row) {
        byte id = isLasting(rowKey) ? INDEX_KEY : keys.signingKey();
        byte[] encrypted = new byte[row.length + OVERHEAD];
        encrypted[0] = VERSION;
        encrypted[1] = id;
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        System.arraycopy(nonce, 0, encrypted, HEADER_BYTES, NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, rowKey, mac(rowKey, id).orElseThrow(), encrypted);
            cipher.doFinal(row, 0, row.length, encrypted, HEADER_BYTES + NONCE_BYTES);
            return encrypted;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /** Decrypts the row; empty if it was not encrypted for this row key, or with a key that is not in the ring. */
    Optional<byte[]> decrypt(RowKey rowKey, byte[] encrypted) {
        if (encrypted.length < OVERHEAD
                || encrypted.length > RowFormat.MOST_BYTES + OVERHEAD
                || encrypted[0] != VERSION) {
            return Optional.empty();
        }
        return mac(rowKey, encrypted[1]).flatMap(mac -> decrypt(rowKey, mac, encrypted));
    }

    private Optional<byte[]> decrypt(RowKey rowKey, Mac mac, byte[] encrypted) {
        int start = HEADER_BYTES + NONCE_BYTES;
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, rowKey, mac, encrypted);
            return Optional.of(cipher.doFinal(encrypted, start, encrypted.length - start));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private Optional<Mac> mac(RowKey rowKey, byte id) {
        return isLasting(rowKey) ? Optional.of(keys.indexMac()) : keys.mac(id);
    }

    private Cipher cipher(int mode, RowKey rowKey, Mac mac, byte[] encrypted) throws GeneralSecurityException {
        byte[] name = rowKey.text().getBytes(StandardCharsets.UTF_8);
        mac.update(purpose);
        SecretKeySpec key = new SecretKeySpec(mac.doFinal(name), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, encrypted, HEADER_BYTES, NONCE_BYTES));
        cipher.updateAAD(ByteBuffer.wrap(encrypted, 0, HEADER_BYTES));
        cipher.updateAAD(purpose);
        cipher.updateAAD(name);
        return cipher;
    }

    /** Whether the row says what has ended, and would be missed: an epoch, or what an identity provider knows. */
    private static boolean isLasting(RowKey rowKey) {
        return rowKey.isProvider()
                || (rowKey.user().isPresent() && rowKey.session().isEmpty());
    }

    private static IllegalStateException unavailable(GeneralSecurityException e) {
        return new IllegalStateException("Every Java platform has AES-256-GCM.", e);
    }
}
