package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.UnconfirmedEnds.Unconfirmed;
import dev.postern.session.durable.WriteBehind.Waiting;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes the rows that wait to the database, batch by batch, and undoes tombstones there that the grid did not take.
 *
 * <p>It writes what the grid has by then, so the last of several nodes writes the newest row. After the write it reads
 * the grid again. Another node may have written a newer row to the database in between, and the older one has replaced
 * it, if both have the same stamp. If the grid does not answer, the flusher writes what was written to the grid last.
 *
 * <p>After a failure the next batch has half the size, and rows that failed go behind all others. So one row that the
 * database refuses does not keep back the others.
 *
 * <p>For one thread.
 */
final class WriteBehindFlusher {

    private final DurableRows rows;
    private final CredentialsCache grid;
    private final DurabilityRule rule;
    private final FirstWrites first;
    private final WriteBehind queue;
    private final UnconfirmedEnds unconfirmed;
    private final RateLimitedLog log;
    private final LongSupplier nanoTime;
    private int size = WriteBehind.BATCH;

    WriteBehindFlusher(
            DurableRows rows,
            CredentialsCache grid,
            DurabilityRule rule,
            FirstWrites first,
            WriteBehind queue,
            UnconfirmedEnds unconfirmed,
            RateLimitedLog log,
            LongSupplier nanoTime) {
        this.rows = rows;
        this.grid = grid;
        this.rule = rule;
        this.first = first;
        this.queue = queue;
        this.unconfirmed = unconfirmed;
        this.log = log;
        this.nanoTime = nanoTime;
    }

    /**
     * Writes batches until one is not full. Returns false at the first failure.
     *
     * @param patience the deadline of each call, from its begin
     */
    boolean flush(Supplier<Deadline> patience) {
        boolean isFull = true;
        while (isFull) {
            List<Waiting> batch = queue.oldest(size);
            isFull = batch.size() == size;
            if (!isDone(batch, patience)) {
                return false;
            }
        }
        return true;
    }

    private boolean isDone(List<Waiting> batch, Supplier<Deadline> patience) {
        try {
            undo(unconfirmed.due(nanoTime.getAsLong(), WriteBehind.BATCH), patience);
            write(batch, patience);
            size = Math.min(2 * size, WriteBehind.BATCH);
            return true;
        } catch (PosternException e) {
            queue.postpone(batch);
            size = Math.max(1, size / 2);
            log.warnWithoutStack("Sessions wait to be written to the store.", e);
            return false;
        }
    }

    private void write(List<Waiting> batch, Supplier<Deadline> patience) {
        if (batch.isEmpty()) {
            return;
        }
        Set<RowKey> keys = batch.stream().map(Waiting::key).collect(Collectors.toSet());
        Map<RowKey, byte[]> wanted = batch.stream().collect(Collectors.toMap(Waiting::key, Waiting::bytes));
        wanted.putAll(present(keys, patience.get()));
        store(wanted, patience);
        queue.written(batch);
        present(keys, patience.get()).forEach((key, row) -> {
            if (!Arrays.equals(row, wanted.get(key))) {
                queue.add(key, row, nanoTime.getAsLong());
            }
        });
    }

    /** What the grid has; nothing if it does not answer. */
    private Map<RowKey, byte[]> present(Collection<RowKey> keys, Deadline deadline) {
        try {
            return grid.readAll(keys, deadline);
        } catch (PosternException e) {
            log.warnWithoutStack("The store is written without a look at the grid.", e);
            return Map.of();
        }
    }

    private void store(Map<RowKey, byte[]> wanted, Supplier<Deadline> patience) {
        List<DurableRow> living = new ArrayList<>();
        List<DurableRow> over = new ArrayList<>();
        List<DurableRow> merged = new ArrayList<>();
        wanted.forEach((key, bytes) -> rule.row(key, bytes, grid.now()).ifPresent(row -> {
            switch (row.kind()) {
                case LIVING -> living.add(row);
                case OVER -> over.add(rule.tombstone(key, bytes, grid.now()));
                case EPOCH, PROVIDER_NAME -> merged.add(row);
            }
        }));
        merged.forEach(row -> first.merge(row, patience.get()));
        if (!over.isEmpty()) {
            rows.end(over, patience.get());
        }
        if (!living.isEmpty()) {
            rows.write(living, patience.get());
        }
    }

    /** Puts those sessions back that are still alive in the grid. If the grid does not answer, this waits. */
    private void undo(List<Unconfirmed> due, Supplier<Deadline> patience) {
        if (due.isEmpty()) {
            return;
        }
        Set<RowKey> keys = due.stream().map(Unconfirmed::key).collect(Collectors.toSet());
        Map<RowKey, byte[]> present = grid.readAll(keys, patience.get());
        Map<RowKey, DurableRow> living = new HashMap<>();
        present.forEach((key, bytes) -> rule.row(key, bytes, grid.now())
                .filter(row -> row.kind() == DurableRow.Kind.LIVING)
                .ifPresent(row -> living.put(key, row)));
        for (Unconfirmed one : due) {
            Optional.ofNullable(living.get(one.key()))
                    .ifPresent(row -> rows.undo(one.tombstone(), row, patience.get()));
        }
        unconfirmed.remove(due);
    }
}
