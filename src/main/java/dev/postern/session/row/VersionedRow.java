package dev.postern.session.row;

import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import java.util.Optional;

/**
 * A row as it was read: its bytes, which a compare-and-set expects, and its meaning.
 *
 * <p>A session that waits for its tombstone reads as ended, although the store still holds it.
 *
 * <p>Immutable.
 */
public final class VersionedRow {

    private final byte[] bytes;
    private final Optional<SessionRow> stored;
    private final Optional<Revoked> pending;

    public VersionedRow(byte[] bytes, Optional<SessionRow> stored) {
        this(bytes, stored, Optional.empty());
    }

    private VersionedRow(byte[] bytes, Optional<SessionRow> stored, Optional<Revoked> pending) {
        this.bytes = bytes;
        this.stored = stored;
        this.pending = pending;
    }

    /** This row, which reads as the tombstone from now on. */
    public VersionedRow endedBy(Revoked tombstone) {
        return new VersionedRow(bytes, stored, Optional.of(tombstone));
    }

    public byte[] bytes() {
        return bytes;
    }

    /** What the row means; empty if its bytes cannot be read. */
    public Optional<SessionRow> row() {
        return pending.isPresent() ? pending.map(SessionRow.class::cast) : stored;
    }

    /** What the bytes say, also while the session waits for its tombstone; empty if they cannot be read. */
    public Optional<SessionRow> stored() {
        return stored;
    }

    /** Whether the session waits for its tombstone. */
    public boolean isEndPending() {
        return pending.isPresent();
    }

    /** The epoch in the row; empty if it is none. */
    public Optional<Epoch> epoch() {
        return row().filter(Epoch.class::isInstance).map(Epoch.class::cast);
    }
}
