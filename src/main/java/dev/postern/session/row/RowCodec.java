package dev.postern.session.row;

import java.util.Optional;

/**
 * Turns rows into the bytes that are stored, and back. With configured keys the bytes are encrypted.
 *
 * <p>The codec reads exactly the form that it writes. Any other bytes are <em>no row</em>, never an exception, and
 * never read in another form (CVE-2026-39324). A codec with keys therefore reads no unencrypted row.
 *
 * <p>Safe for concurrent use.
 */
public final class RowCodec {

    private final RowFormat format = new RowFormat();
    private final Optional<RowEncryption> encryption;

    private RowCodec(Optional<RowEncryption> encryption) {
        this.encryption = encryption;
    }

    /** A codec without encryption. */
    public static RowCodec plain() {
        return new RowCodec(Optional.empty());
    }

    /** A codec that encrypts every row. */
    public static RowCodec encrypted(RowEncryption encryption) {
        return new RowCodec(Optional.of(encryption));
    }

    /**
     * The bytes of a row under its key. Encrypted bytes differ with each call.
     *
     * @throws IllegalArgumentException if something in the row is larger than a row can hold
     */
    public byte[] encode(RowKey key, SessionRow row) {
        byte[] bytes = format.encode(row);
        return encryption.map(with -> with.encrypt(key, bytes)).orElse(bytes);
    }

    /** The row in the bytes under this key; empty if they are no row, or were encrypted for another key. */
    public Optional<SessionRow> decode(RowKey key, byte[] bytes) {
        return encryption.isPresent()
                ? encryption.get().decrypt(key, bytes).flatMap(format::decode)
                : format.decode(bytes);
    }

    /** Whether the row is small enough to be written. */
    public boolean fits(SessionRow row) {
        try {
            format.encode(row);
            return true;
        } catch (IllegalArgumentException tooLarge) {
            return false;
        }
    }
}
