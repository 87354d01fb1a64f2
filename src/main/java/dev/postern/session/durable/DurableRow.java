package dev.postern.session.durable;

import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A row for the database: the bytes that the grid has, and what the database has to know of them.
 *
 * <p>Immutable, as long as the array is not changed.
 */
public final class DurableRow {

    private final RowKey key;
    private final byte[] bytes;
    private final Kind kind;
    private final Instant stamp;
    private final Instant expires;
    private final Optional<PastSession> past;

    /**
     * What a row is.
     *
     * <p>The letter is what the database has.
     */
    public enum Kind {
        LIVING('A'),
        OVER('R'),
        EPOCH('E'),
        PROVIDER_NAME('P');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        public char letter() {
            return letter;
        }
    }

    /**
     * A row that leaves nothing in the history.
     *
     * @param stamp when the session of a living row was used last; of two living rows the later one is newer
     * @param expires when the row may be deleted
     */
    public DurableRow(RowKey key, byte[] bytes, Kind kind, Instant stamp, Instant expires) {
        this(key, bytes, kind, stamp, expires, Optional.empty());
    }

    private DurableRow(
            RowKey key, byte[] bytes, Kind kind, Instant stamp, Instant expires, Optional<PastSession> past) {
        this.key = key;
        this.bytes = bytes;
        this.kind = kind;
        this.stamp = stamp;
        this.expires = expires;
        this.past = past;
    }

    /** This tombstone, with what the history is to say of its session. */
    public DurableRow with(PastSession session) {
        return new DurableRow(key, bytes, kind, stamp, expires, Optional.of(session));
    }

    public RowKey key() {
        return key;
    }

    public byte[] bytes() {
        return bytes;
    }

    public Kind kind() {
        return kind;
    }

    public Instant stamp() {
        return stamp;
    }

    public Instant expires() {
        return expires;
    }

    /** What the history is to say of the session of a tombstone; empty if it is to say nothing. */
    public Optional<PastSession> past() {
        return past;
    }
}
