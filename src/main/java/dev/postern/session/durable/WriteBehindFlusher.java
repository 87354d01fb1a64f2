package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.durable.UnconfirmedEnds.Unconfirmed;
import dev.postern.session.durable.WriteBehind.Waiting;
import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writes the rows that wait to the database, batch by batch. It undoes tombstones there that the grid did not take, and
 * compares rows that were written a while ago with the grid.
 *
 * <p>It writes what the grid has by then, so the last of several nodes writes the newest row. After the write it reads
 * the grid again. Another node may have written a newer row to the database in between, and the older one has replaced
 * it, if both have the same stamp. If the grid does not answer, the flusher writes what was written to the grid last,
 * and compares the row with the grid as soon as that answers.
 *
 * <p>After a failure the next batch has half the size, and rows that failed go behind all others. So one row that the
 * database refuses does not keep back the others.
 *
 * <p>For one thread at a time.
 */
final class WriteBehindFlusher {

    /** For how long one look at the grid is waited for. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** How many batches are compared at most before waiting rows have their turn. */
    private static final int MOST_COMPARISONS = 10;

    private final DurableStore.Parts parts;
    private final RowRestorer restorer;
    private int size = WriteBehind.BATCH;

    WriteBehindFlusher(DurableStore.Parts parts, RowRestorer restorer) {
        this.parts = parts;
        this.restorer = restorer;
    }

    /**
     * Writes batches until one is not full. Returns false at the first that fails. Undoes and compares unless the
     * database does not answer.
     *
     * @param patience the deadline of each call, from its begin
     */
    boolean flush(Supplier<Deadline> patience) {
        boolean isWritten = areBatchesWritten(patience);
        if (isWritten || parts.isAnswering()) {
            attempt(() -> undo(patience));
            attempt(() -> compare(patience));
        }
        return isWritten;
    }

    private boolean areBatchesWritten(Supplier<Deadline> patience) {
        boolean isFull = true;
        while (isFull) {
            List<Waiting> batch = parts.queue().oldest(size);
            isFull = batch.size() == size;
            if (!isWritten(batch, patience)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing waits, apart from what only time can tell, and from rows of which the grid alone can tell. */
    boolean isDone() {
        return parts.queue().size() == 0 && !parts.unconfirmed().isDueSoon(parts.now());
    }

    /** Whether the database has the newest rows, as far as this node knows. */
    boolean hasWrittenAll() {
        return parts.queue().size() == 0 && !parts.recent().hasUnchecked();
    }

    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (PosternException e) {
            parts.log().warnWithoutStack("Rows of the store could not be compared with the grid.", e);
        }
    }

    private boolean isWritten(List<Waiting> batch, Supplier<Deadline> patience) {
        boolean isWritten = false;
        try {
            if (!batch.isEmpty()) {
                write(batch, patience);
            }
            size = Math.min(2 * size, WriteBehind.BATCH);
            isWritten = true;
        } catch (PosternException e) {
            parts.log().warnWithoutStack("Sessions wait to be written to the store.", e);
        } finally {
            if (!isWritten) {
                parts.queue().postpone(batch);
                size = Math.max(1, size / 2);
            }
        }
        return isWritten;
    }

    private void write(List<Waiting> batch, Supplier<Deadline> patience) {
        Set<RowKey> keys = batch.stream().map(Waiting::key).collect(Collectors.toSet());
        Map<RowKey, byte[]> wanted = batch.stream().collect(Collectors.toMap(Waiting::key, Waiting::bytes));
        Optional<Map<RowKey, byte[]>> present = look(keys, patience);
        present.ifPresent(rows ->
                rows.forEach((key, row) -> wanted.merge(key, row, (mine, now) -> newer(key, mine, now))));
        Map<RowKey, PastSession> past = new HashMap<>();
        batch.forEach(row -> row.past().ifPresent(session -> past.put(row.key(), session)));
        store(wanted, past, patience);
        parts.queue().written(batch);
        parts.recent().add(keys, parts.now());
        if (present.isPresent()) {
            attempt(() -> restorer.keepEpochs(keys, limited(patience.get())));
            writeAgainIfChanged(wanted, patience);
        } else {
            parts.recent().addUnchecked(keys);
        }
    }

    private void writeAgainIfChanged(Map<RowKey, byte[]> written, Supplier<Deadline> patience) {
        look(written.keySet(), patience)
                .ifPresentOrElse(
                        rows -> rows.forEach((key, row) -> {
                            if (!Arrays.equals(row, written.get(key))) {
                                addAgain(key, row);
                            }
                        }),
                        () -> parts.recent().addUnchecked(written.keySet()));
    }

    private void addAgain(RowKey key, byte[] row) {
        if (living(key, row).isPresent()) {
            parts.queue().add(key, row, parts.now());
        } else {
            parts.queue().addEnd(key, row, Optional.empty(), parts.now());
        }
    }

    /**
     * What the grid has. But it may have lost its rows, and then got older ones from the database, or none. So an end
     * that waits is merged with them.
     */
    private byte[] newer(RowKey key, byte[] mine, byte[] present) {
        if (parts.rule().lasts(key, mine)) {
            return parts.rule().winner(key).apply(present, mine);
        }
        Optional<DurableRow> own = living(key, mine);
        Optional<DurableRow> other = living(key, present);
        return own.isPresent()
                        && other.isPresent()
                        && own.get().stamp().isAfter(other.get().stamp())
                ? mine
                : present;
    }

    private Optional<DurableRow> living(RowKey key, byte[] row) {
        return parts.row(key, row).filter(one -> one.kind() == DurableRow.Kind.LIVING);
    }

    /** What the grid has of these rows; empty if it does not answer soon. */
    private Optional<Map<RowKey, byte[]>> look(Collection<RowKey> keys, Supplier<Deadline> patience) {
        try {
            return Optional.of(parts.grid().readAll(keys, limited(patience.get())));
        } catch (PosternException e) {
            parts.log().warnWithoutStack("The store cannot be compared with the grid, which does not answer.", e);
            return Optional.empty();
        }
    }

    private static Deadline limited(Deadline deadline) {
        return deadline.nanosLeft() > LOOK.toNanos() ? Deadline.in(LOOK) : deadline;
    }

    /** If one of the merged rows fails, the others are written all the same. */
    private void store(Map<RowKey, byte[]> wanted, Map<RowKey, PastSession> past, Supplier<Deadline> patience) {
        List<DurableRow> living = new ArrayList<>();
        List<DurableRow> over = new ArrayList<>();
        Map<RowKey, DurableRow> merged = new HashMap<>();
        wanted.forEach((key, bytes) -> parts.row(key, bytes).ifPresent(row -> {
            switch (row.kind()) {
                case LIVING -> living.add(row);
                case OVER -> over.add(tombstone(key, bytes, Optional.ofNullable(past.get(key))));
                case EPOCH, PROVIDER_NAME -> merged.put(key, row);
            }
        }));
        try {
            merge(merged, patience);
        } finally {
            if (!over.isEmpty()) {
                parts.rowsOfWriter().end(over, patience.get());
            }
            if (!living.isEmpty()) {
                parts.rowsOfWriter().write(living, patience.get());
            }
        }
    }

    private DurableRow tombstone(RowKey key, byte[] bytes, Optional<PastSession> past) {
        DurableRow tombstone = parts.tombstone(key, Optional.empty(), bytes);
        return past.map(tombstone::with).orElse(tombstone);
    }

    /** Most names have not changed: the same user has signed in again. */
    private void merge(Map<RowKey, DurableRow> rows, Supplier<Deadline> patience) {
        if (rows.size() > 1) {
            parts.rowsOfWriter().read(rows.keySet(), patience.get()).forEach((key, stored) -> {
                if (Optional.ofNullable(rows.get(key))
                        .filter(row -> parts.rule().isMerged(key, stored, row.bytes()))
                        .isPresent()) {
                    rows.remove(key);
                }
            });
        }
        rows.forEach((key, row) -> parts.rowsOfWriter().merge(row, parts.rule().winner(key), patience.get()));
    }

    /** Puts those sessions back that are still alive in the grid. If the grid does not answer, this waits. */
    private void undo(Supplier<Deadline> patience) {
        List<Unconfirmed> due = parts.unconfirmed().due(parts.now(), WriteBehind.BATCH);
        if (due.isEmpty()) {
            return;
        }
        Set<RowKey> keys = due.stream().map(Unconfirmed::key).collect(Collectors.toSet());
        look(keys, patience).ifPresent(present -> {
            for (Unconfirmed one : due) {
                Optional.ofNullable(present.get(one.key())).ifPresent(row -> undo(one, row, patience));
            }
            parts.unconfirmed().remove(due);
        });
    }

    private void undo(Unconfirmed one, byte[] present, Supplier<Deadline> patience) {
        living(one.key(), present).ifPresent(row -> {
            parts.rowsOfWriter().undo(one.tombstone(), row, patience.get());
            parts.queue().add(one.key(), present, parts.now()); // newer ones were refused until now
        });
        parts.recent().add(Set.of(one.key()), parts.now());
    }

    /**
     * Adds rows again that the database has lost since, because it failed over to a copy, and newer rows than those
     * that were written without a look at the grid. A tombstone stays, also of a session that is alive in this grid: in
     * a split the other part may have ended it.
     */
    private void compare(Supplier<Deadline> patience) {
        for (int times = 0; times < MOST_COMPARISONS; times++) {
            long now = parts.now();
            List<RowKey> due = parts.recent().due(now, WriteBehind.BATCH);
            if (due.isEmpty() || !isCompared(due, now, patience)) {
                return;
            }
        }
    }

    private boolean isCompared(List<RowKey> due, long now, Supplier<Deadline> patience) {
        Optional<Map<RowKey, byte[]>> present = look(due, patience);
        present.ifPresent(rows -> {
            Map<RowKey, byte[]> stored = parts.rowsOfWriter().read(due, patience.get());
            rows.forEach((key, row) -> {
                byte[] there = stored.get(key);
                if (there == null || parts.rule().replaces(key, row, there)) {
                    addAgain(key, row);
                }
            });
            parts.recent().remove(due, now);
        });
        return present.isPresent();
    }
}
