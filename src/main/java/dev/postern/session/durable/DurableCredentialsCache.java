package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The credentials cache of a grid, whose rows a database keeps as well. The grid decides: every change is a
 * compare-and-set there. The database has what survives when all nodes stop.
 *
 * <p>{@link DurabilityRule} says which rows are written to the database, and whether before the grid or after it. A row
 * that the grid does not have is looked up in the database, and put back into the grid ({@link RowRestorer}). Rows that
 * the grid has cause no look-up. Writes never look up, because their callers have read.
 *
 * <p>If the database does not answer, rows in the grid work as ever. For others, and for ends, the methods throw {@link
 * PosternException}.
 *
 * <p>Safe for concurrent use.
 */
final class DurableCredentialsCache implements CredentialsCache {

    private final CredentialsCache grid;
    private final DurableRows rows;
    private final DurabilityRule rule;
    private final FirstWrites first;
    private final WriteBehind queue;
    private final RowRestorer restorer;
    private final Lookups lookups = new Lookups();
    private final RestoredUsers users = new RestoredUsers();
    private final LongSupplier nanoTime;

    DurableCredentialsCache(
            CredentialsCache grid,
            DurableRows rows,
            DurabilityRule rule,
            FirstWrites first,
            WriteBehind queue,
            RowRestorer restorer,
            LongSupplier nanoTime) {
        this.grid = grid;
        this.rows = rows;
        this.rule = rule;
        this.first = first;
        this.queue = queue;
        this.restorer = restorer;
        this.nanoTime = nanoTime;
    }

    @Override
    public Instant now() {
        return grid.now();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        Optional<byte[]> present = grid.read(key, deadline);
        return present.isPresent() || !rule.isDurable(key)
                ? present
                : lookups.once(
                        key,
                        () -> Optional.ofNullable(
                                restorer.restore(Set.of(key), deadline).get(key)),
                        () -> grid.read(key, deadline),
                        deadline);
    }

    @Override
    public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        Map<RowKey, byte[]> present = new HashMap<>(grid.readAll(keys, deadline));
        List<RowKey> missing = keys.stream()
                .filter(key -> !present.containsKey(key) && rule.isDurable(key))
                .toList();
        if (!missing.isEmpty()) {
            present.putAll(lookups.limited(() -> restorer.restore(missing, deadline), deadline));
        }
        return present;
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        RowKey epoch = RowKey.epoch(user);
        Map<RowKey, byte[]> present = new HashMap<>(grid.rowsOf(user, deadline));
        if (!users.contains(user, Optional.ofNullable(present.get(epoch)), nanoTime.getAsLong())) {
            Set<RowKey> seen = Set.copyOf(present.keySet());
            present.putAll(lookups.limited(() -> restorer.restore(user, seen, deadline), deadline));
            Optional.ofNullable(present.get(epoch)).ifPresent(row -> users.add(user, row, nanoTime.getAsLong()));
        }
        return present;
    }

    @Override
    public Set<RowKey> keysOf(Handle user, Deadline deadline) {
        return users.contains(user, grid.read(RowKey.epoch(user), deadline), nanoTime.getAsLong())
                ? grid.keysOf(user, deadline)
                : rowsOf(user, deadline).keySet();
    }

    /** Nothing is put back into the grid: the list of all users would fill it. */
    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        SortedMap<RowKey, byte[]> all =
                new TreeMap<>(lookups.limited(() -> rows.rowsBehind(key, most, deadline), deadline));
        all.putAll(grid.rowsBehind(key, most, deadline));
        return all.size() <= most
                ? all
                : new TreeMap<>(all.headMap(List.copyOf(all.keySet()).get(most)));
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        return write(key, Optional.empty(), row, () -> grid.create(key, row, deadline), deadline);
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        return write(key, Optional.of(seen), next, () -> grid.swap(key, seen, next, deadline), deadline);
    }

    private boolean write(
            RowKey key, Optional<byte[]> seen, byte[] next, BooleanSupplier change, Deadline deadline) {
        return switch (rule.of(key, seen, next)) {
            case FIRST -> first.write(key, next, change, deadline);
            case LATER -> writeLater(key, seen, next, change);
            case NONE -> change.getAsBoolean();
        };
    }

    /** A write that fails may have happened. The writer reads the grid and finds out. */
    private boolean writeLater(RowKey key, Optional<byte[]> seen, byte[] next, BooleanSupplier change) {
        try {
            boolean isMade = change.getAsBoolean();
            if (isMade) {
                queue.add(key, next, nanoTime.getAsLong());
            }
            return isMade;
        } catch (PosternException e) {
            seen.ifPresent(row -> queue.add(key, row, nanoTime.getAsLong()));
            throw e;
        }
    }

    @Override
    public boolean retain(RowKey key, byte[] row, Deadline deadline) {
        return grid.retain(key, row, deadline);
    }

    @Override
    public void swapAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        List<Swap> ends = new ArrayList<>();
        List<Swap> others = new ArrayList<>();
        swaps.forEach(swap -> (rule.isTombstone(swap.key(), swap.next()) ? ends : others).add(swap));
        if (!ends.isEmpty()) {
            first.endAll(ends, made, deadline);
        }
        CredentialsCache.super.swapAll(others, made, deadline);
    }
}
