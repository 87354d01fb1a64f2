package dev.postern.testing;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BinaryOperator;

/**
 * Durable rows that pass everything on to others; those that differ in something extend it.
 *
 * <p>Safe for concurrent use, as far as the other rows are.
 */
public class PassingRows implements DurableRows {

    private final DurableRows rows;

    public PassingRows(DurableRows rows) {
        this.rows = rows;
    }

    @Override
    public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
        return rows.read(keys, deadline);
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return rows.rowsOf(user, deadline);
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        return rows.rowsBehind(key, most, deadline);
    }

    @Override
    public void end(Collection<DurableRow> tombstones, Deadline deadline) {
        rows.end(tombstones, deadline);
    }

    @Override
    public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
        rows.undo(tombstone, living, deadline);
    }

    @Override
    public void write(Collection<DurableRow> living, Deadline deadline) {
        rows.write(living, deadline);
    }

    @Override
    public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
        rows.merge(row, winner, deadline);
    }
}
