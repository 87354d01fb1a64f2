package dev.postern.session.row;

import java.util.Optional;

/**
 * A row as it was read: its bytes, which a swap compares, and its meaning, which is absent when they cannot be read.
 *
 * <p>Immutable.
 */
public final class VersionedRow {

    private final byte[] bytes;
    private final Optional<SessionRow> row;

    public VersionedRow(byte[] bytes, Optional<SessionRow> row) {
        this.bytes = bytes;
        this.row = row;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Optional<SessionRow> row() {
        return row;
    }

    /** Whether it is a session's row, and not a tombstone, an epoch, or nothing that can be read. */
    public boolean isActive() {
        return row.filter(any -> any instanceof SessionRow.Active).isPresent();
    }
}
