package dev.postern.session.durable;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BinaryOperator;

/**
 * Durable rows whose calls are counted.
 *
 * <p>Safe for concurrent use.
 */
final class MeasuredRows implements DurableRows {

    private final DurableRows rows;
    private final StoreMetrics metrics;

    MeasuredRows(DurableRows rows, StoreMetrics metrics) {
        this.rows = rows;
        this.metrics = metrics;
    }

    @Override
    public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
        metrics.countLookup();
        return metrics.measure(() -> rows.read(keys, deadline));
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        metrics.countLookup();
        return metrics.measure(() -> rows.rowsOf(user, deadline));
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        metrics.countLookup();
        return metrics.measure(() -> rows.rowsBehind(key, most, deadline));
    }

    @Override
    public void end(Collection<DurableRow> tombstones, Deadline deadline) {
        measure(() -> rows.end(tombstones, deadline));
        metrics.countWritten(tombstones.size());
    }

    @Override
    public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
        measure(() -> rows.undo(tombstone, living, deadline));
    }

    @Override
    public void write(Collection<DurableRow> living, Deadline deadline) {
        measure(() -> rows.write(living, deadline));
        metrics.countWritten(living.size());
    }

    @Override
    public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
        measure(() -> rows.merge(row, winner, deadline));
        metrics.countWritten(1);
    }

    private void measure(Runnable call) {
        metrics.measure(() -> {
            call.run();
            return this;
        });
    }
}
