package dev.postern.session.durable;

import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows by their keys, as bytes and as what they mean.
 *
 * <p>For one thread.
 */
final class DecodedRows {

    private final RowCodec codec;
    private final Map<RowKey, byte[]> rows;

    DecodedRows(RowCodec codec, Map<RowKey, byte[]> rows) {
        this.codec = codec;
        this.rows = new HashMap<>(rows);
    }

    Set<RowKey> keys() {
        return rows.keySet();
    }

    boolean contains(RowKey key) {
        return rows.containsKey(key);
    }

    void put(RowKey key, byte[] row) {
        rows.put(key, row);
    }

    Optional<byte[]> bytes(RowKey key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** The row; empty if there is none, or if it cannot be read. */
    Optional<SessionRow> row(RowKey key) {
        return bytes(key).flatMap(row -> codec.decode(key, row));
    }

    Optional<Active> living(RowKey key) {
        return row(key).filter(Active.class::isInstance).map(Active.class::cast);
    }

    boolean isOver(RowKey key) {
        return row(key).filter(Revoked.class::isInstance).isPresent();
    }

    /** Whether the epoch of the session's user is among these rows, and ends the session. */
    boolean end(RowKey session, Active row) {
        return row(RowKey.epoch(session.user().orElseThrow()))
                .filter(epoch -> epoch instanceof Epoch known
                        && known.ends(session.session().orElseThrow(), row))
                .isPresent();
    }

    /** Those of the rows that have one of these keys. */
    Map<RowKey, byte[]> among(Collection<RowKey> keys) {
        Map<RowKey, byte[]> some = new HashMap<>(rows);
        some.keySet().retainAll(Set.copyOf(keys));
        return some;
    }
}
