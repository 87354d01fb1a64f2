package dev.postern.session.row;

import java.util.Optional;

/**
 * What the credentials cache holds for a row, and back: the row's own bytes, or these sealed when the application has
 * keys of its own.
 *
 * <p>Bytes that are not of the one form that this codec writes are <em>no row</em>: never an exception,
 * never another form (CVE-2026-39324). So rows that were written before there were keys are none.
 *
 * <p>Safe for concurrent use.
 */
public final class RowCodec {

    private final RowFormat format = new RowFormat();
    private final Optional<RowEncryption> encryption;

    private RowCodec(Optional<RowEncryption> encryption) {
        this.encryption = encryption;
    }

    /** Rows that every reader of the grid can read. */
    public static RowCodec plain() {
        return new RowCodec(Optional.empty());
    }

    /** Rows that only these keys open. */
    public static RowCodec encrypted(RowEncryption encryption) {
        return new RowCodec(Optional.of(encryption));
    }

    /**
     * The bytes of a row for its place. Sealed they differ each time.
     *
     * @throws IllegalArgumentException when something in it is larger than a row can hold
     */
    public byte[] encode(RowKey key, SessionRow row) {
        byte[] bytes = format.encode(row);
        return encryption.map(with -> with.close(key, bytes)).orElse(bytes);
    }

    /**
     * The row in the bytes that are stored in this place; empty if they are none, or were written for another place.
     */
    public Optional<SessionRow> decode(RowKey key, byte[] bytes) {
        return encryption.isPresent()
                ? encryption.get().open(key, bytes).flatMap(format::decode)
                : format.decode(bytes);
    }

    /** Whether the row is small enough to be written. */
    public boolean holds(SessionRow row) {
        try {
            format.encode(row);
            return true;
        } catch (IllegalArgumentException tooLarge) {
            return false;
        }
    }
}
