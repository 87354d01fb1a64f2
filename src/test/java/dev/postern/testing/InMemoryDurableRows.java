package dev.postern.testing;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The naive twin of a database: a map of rows. It notes each call. When told so it is broken, refuses writes, or applies
 * a write and loses its reply. What the test has set runs before each call, without a lock: it may wait, throw, or call
 * in turn.
 *
 * <p>Safe for concurrent use.
 */
public final class InMemoryDurableRows implements DurableRows {

    private final SortedMap<RowKey, DurableRow> rows = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private final Deque<Change> changes = new ArrayDeque<>();
    private final Supplier<Instant> now;
    private volatile Consumer<String> before = call -> {};
    private boolean isBroken;
    private boolean isReadOnly;
    private int repliesToLose;

    /** An empty database, whose rows expire by this clock. */
    public InMemoryDurableRows(Supplier<Instant> now) {
        this.now = now;
    }

    /** From now on every call fails, or works again. */
    public synchronized void setBroken(boolean isBroken) {
        this.isBroken = isBroken;
    }

    /** From now on every write is refused, or works again. */
    public synchronized void setReadOnly(boolean isReadOnly) {
        this.isReadOnly = isReadOnly;
    }

    /** So many of the next writes are applied, and fail. */
    public synchronized void loseReplies(int count) {
        repliesToLose = count;
    }

    /** Runs before each call, with its name: that of the method. */
    public void beforeEachCall(Consumer<String> action) {
        before = action;
    }

    /** The names of the calls, each with the number of its keys, since the last time that this was asked. */
    public synchronized List<String> calls() {
        List<String> since = List.copyOf(calls);
        calls.clear();
        return since;
    }

    public synchronized Optional<DurableRow> row(RowKey key) {
        return Optional.ofNullable(rows.get(key)).filter(row -> row.expires().isAfter(now.get()));
    }

    /** How many rows there are, with those that have expired. */
    public synchronized int size() {
        return rows.size();
    }

    /** What a row was before a write. */
    private record Change(Instant at, RowKey key, Optional<DurableRow> before) {}

    private void put(DurableRow row) {
        changes.push(new Change(now.get(), row.key(), Optional.ofNullable(rows.get(row.key()))));
        rows.put(row.key(), copy(row));
    }

    /** Another database takes over, which lacks the writes of this last while. */
    public synchronized void failOver(Duration behind) {
        Instant since = now.get().minus(behind);
        while (!changes.isEmpty() && changes.peek().at().isAfter(since)) {
            Change change = changes.pop();
            rows.remove(change.key());
            change.before().ifPresent(row -> rows.put(row.key(), row));
        }
    }

    /** Overwrites the bytes of a row, as this library never does. */
    public synchronized void spoil(RowKey key, byte[] bytes) {
        DurableRow row = row(key).orElseThrow();
        rows.put(key, new DurableRow(key, bytes, row.kind(), row.stamp(), row.expires()));
    }

    @Override
    public Map<RowKey, byte[]> read(Collection<RowKey> keys, Deadline deadline) {
        return call("read " + keys.size(), () -> some(keys::contains));
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return call("rowsOf", () -> some(key -> key.user().equals(Optional.of(user))));
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey start, int most, Deadline deadline) {
        return call("rowsBehind", () -> {
            SortedMap<RowKey, byte[]> behind = some(key -> key.compareTo(start) > 0);
            return behind.size() <= most
                    ? behind
                    : behind.headMap(List.copyOf(behind.keySet()).get(most));
        });
    }

    @Override
    public void end(Collection<DurableRow> tombstones, Deadline deadline) {
        write("end " + tombstones.size(), () -> tombstones.forEach(this::put));
    }

    @Override
    public void undo(byte[] tombstone, DurableRow living, Deadline deadline) {
        write(
                "undo",
                () -> row(living.key())
                        .filter(row -> Arrays.equals(row.bytes(), tombstone))
                        .ifPresent(row -> put(living)));
    }

    @Override
    public void write(Collection<DurableRow> living, Deadline deadline) {
        write(
                "write " + living.size(),
                () -> living.forEach(row -> {
                    if (row(row.key()).filter(there -> isKept(there, row)).isEmpty()) {
                        put(row);
                    }
                }));
    }

    private static boolean isKept(DurableRow there, DurableRow next) {
        return there.kind() == Kind.OVER || there.stamp().isAfter(next.stamp());
    }

    @Override
    public void merge(DurableRow row, BinaryOperator<byte[]> winner, Deadline deadline) {
        write(
                "merge",
                () -> put(row(row.key())
                        .map(there -> new DurableRow(
                                row.key(),
                                winner.apply(there.bytes(), row.bytes()),
                                row.kind(),
                                row.stamp(),
                                there.expires().isAfter(row.expires()) ? there.expires() : row.expires()))
                        .orElse(row)));
    }

    private SortedMap<RowKey, byte[]> some(Predicate<RowKey> wanted) {
        SortedMap<RowKey, byte[]> found = new TreeMap<>();
        rows.keySet().stream()
                .filter(wanted)
                .forEach(key ->
                        row(key).ifPresent(row -> found.put(key, row.bytes().clone())));
        return found;
    }

    private static DurableRow copy(DurableRow row) {
        DurableRow copy = new DurableRow(row.key(), row.bytes().clone(), row.kind(), row.stamp(), row.expires());
        return row.past().map(copy::with).orElse(copy);
    }

    private void write(String name, Runnable work) {
        boolean unused = call(name, () -> {
            if (isReadOnly) {
                throw new RefusedException("The store's twin was told to refuse writes.", new IOException());
            }
            work.run();
            if (repliesToLose > 0) {
                repliesToLose--;
                throw new PosternException("The store's twin has lost the reply.");
            }
            return true;
        });
    }

    private <T> T call(String name, Supplier<T> work) {
        before.accept(name.split(" ", 2)[0]);
        synchronized (this) {
            calls.add(name);
            if (isBroken) {
                throw new PosternException("The store's twin was told to be broken.");
            }
            return work.get();
        }
    }
}
