package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.concurrent.RecentEntries;
import dev.postern.session.concurrent.SingleFlight;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.NotDurableException;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The credentials cache of a grid, whose rows a database keeps as well. The grid decides: every change is a
 * compare-and-set there. The database has what survives when all nodes stop.
 *
 * <p>{@link DurabilityRule} says which rows are written to the database, and whether before the grid or after it. A row
 * that the grid does not have is looked up in the database, and put back into the grid ({@link RowRestorer}). Rows that
 * the grid has cause no look-up. Writes never look up, because their callers have read.
 *
 * <p>With the epoch of a user whose rows are read next, all sessions come. So a sign-in waits for the database once,
 * and not at all if this node has read the rows of the user lately. For other requests the epoch comes alone. A session
 * that is in neither is not looked up again for a second. An epoch and a name at an identity provider always are: they
 * may have ended something meanwhile.
 *
 * <p>If the database does not answer, rows in the grid work as ever. For others the methods throw {@link
 * PosternException}. For ends they throw {@link NotDurableException}: the grid has them, and the database gets them
 * later.
 *
 * <p>Safe for concurrent use.
 */
final class DurableCredentialsCache implements CredentialsCache {

    /** The most look-ups in the database at once. Others wait until their deadline. */
    private static final int MOST_LOOKUPS = 64;

    /** How many rows of a user are put back into the grid before their keys are listed. */
    private static final int MOST_AT_ONCE = 250;

    /** The most users whose rows this node knows to be in the grid, and the most sessions that are absent. */
    private static final int MOST_REMEMBERED = 10_000;

    /** A grid that has lost some of its partitions may keep the epoch of a user and lose sessions. */
    private static final Duration RESTORED = Duration.ofMinutes(10);

    /**
     * For how long a session that neither has is not looked up again. One that another node writes to the database
     * meanwhile, and that the grid has lost, is refused for so long. A copied cookie causes one look-up in that time.
     */
    static final Duration ABSENT = Duration.ofSeconds(1);

    private final DurableStore.Parts parts;
    private final CredentialsCache grid;
    private final FirstWrites first;
    private final BulkEnds bulk;
    private final RowRestorer restorer;
    private final SingleFlight<RowKey> lookups;

    /** The users all of whose rows are in the grid, with the epoch that it had then. */
    private final RecentEntries<Handle, byte[]> users;

    private final RecentEntries<RowKey, Boolean> absent;
    private final boolean isGridAlone;

    DurableCredentialsCache(DurableStore.Parts parts, FirstWrites first, BulkEnds bulk, RowRestorer restorer) {
        this.parts = parts;
        this.grid = parts.grid();
        this.first = first;
        this.bulk = bulk;
        this.restorer = restorer;
        this.lookups = new SingleFlight<>(MOST_LOOKUPS, "The store");
        this.users = new RecentEntries<>(MOST_REMEMBERED, RESTORED);
        this.absent = new RecentEntries<>(MOST_REMEMBERED, ABSENT);
        this.isGridAlone = false;
    }

    /** The same cache, which looks nothing up. */
    private DurableCredentialsCache(DurableCredentialsCache same) {
        this.parts = same.parts;
        this.grid = same.grid;
        this.first = same.first;
        this.bulk = same.bulk;
        this.restorer = same.restorer;
        this.lookups = same.lookups;
        this.users = same.users;
        this.absent = same.absent;
        this.isGridAlone = true;
    }

    @Override
    public Instant now() {
        return grid.now();
    }

    @Override
    public long nanosBesideGrid() {
        return parts.metrics().nanosWaited();
    }

    @Override
    public CredentialsCache gridAlone() {
        return new DurableCredentialsCache(this);
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        Optional<byte[]> present = grid.read(key, deadline);
        if (isGridAlone
                || present.isPresent()
                || !parts.rule().isDurable(key)
                || absent.get(key, parts.now()).isPresent()) {
            return present;
        }
        return lookUpOnce(key, () -> restored(key, deadline), deadline);
    }

    @Override
    public Optional<byte[]> readEpochBeforeRows(Handle user, Deadline deadline) {
        RowKey epoch = RowKey.epoch(user);
        Optional<byte[]> present = grid.read(epoch, deadline);
        return present.isPresent() ? present : lookUpOnce(epoch, () -> restoredWithSessions(epoch, deadline), deadline);
    }

    private Optional<byte[]> restored(RowKey key, Deadline deadline) {
        Optional<byte[]> row =
                Optional.ofNullable(restorer.restore(Set.of(key), deadline).get(key));
        if (row.isEmpty() && key.session().isPresent()) {
            absent.put(key, true, parts.now());
        }
        return row;
    }

    private Optional<byte[]> restoredWithSessions(RowKey epoch, Deadline deadline) {
        Handle user = epoch.user().orElseThrow();
        RowRestorer.Missing missing = restorer.missing(user, Set.of(), deadline);
        if (missing.keys().size() > MOST_AT_ONCE) {
            return Optional.ofNullable(missing.restoreEpoch().get(epoch));
        }
        Optional<byte[]> row = Optional.ofNullable(missing.restoreWithEpoch().get(epoch));
        row.ifPresent(bytes -> noteRestored(user, bytes));
        return row;
    }

    private boolean isRestored(Handle user, Optional<byte[]> epoch) {
        Optional<byte[]> known = users.get(user, parts.now());
        return known.isPresent()
                && epoch.filter(row -> Arrays.equals(row, known.get())).isPresent();
    }

    private void noteRestored(Handle user, byte[] epoch) {
        users.put(user, epoch, parts.now());
    }

    /** A database that does not answer gets one look-up at a time. Many would hold many threads of the server. */
    private void requireAnswering() {
        if (!parts.metrics().isReadable() && lookups.isBusy()) {
            throw new PosternException("The store does not answer.");
        }
    }

    /** Others that look for the same row meanwhile wait, and then read the grid. */
    private Optional<byte[]> lookUpOnce(RowKey key, Supplier<Optional<byte[]>> lookup, Deadline deadline) {
        requireAnswering();
        return lookups.once(key, lookup, () -> grid.read(key, deadline), deadline);
    }

    private <T> T lookUp(Supplier<T> lookup, Deadline deadline) {
        requireAnswering();
        return lookups.limited(lookup, deadline);
    }

    @Override
    public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        Map<RowKey, byte[]> present = new HashMap<>(grid.readAll(keys, deadline));
        List<RowKey> missing = keys.stream()
                .filter(key -> !isGridAlone
                        && !present.containsKey(key)
                        && parts.rule().isDurable(key))
                .toList();
        if (!missing.isEmpty()) {
            present.putAll(lookUp(() -> restorer.restore(missing, deadline), deadline));
        }
        return present;
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        Map<RowKey, byte[]> present = new HashMap<>(grid.rowsOf(user, deadline));
        RowKey epoch = RowKey.epoch(user);
        if (!isGridAlone && !isRestored(user, Optional.ofNullable(present.get(epoch)))) {
            Set<RowKey> seen = Set.copyOf(present.keySet());
            present.putAll(lookUp(() -> restorer.missing(user, seen, deadline).restore(), deadline));
            Optional.ofNullable(present.get(epoch)).ifPresent(row -> noteRestored(user, row));
        }
        return present;
    }

    /** Many rows are not put back into the grid here: that would take too long. */
    @Override
    public Set<RowKey> keysOf(Handle user, Deadline deadline) {
        Set<RowKey> present = new HashSet<>(grid.keysOf(user, deadline));
        RowKey epoch = RowKey.epoch(user);
        if (!isGridAlone && !isRestored(user, grid.read(epoch, deadline))) {
            present.addAll(lookUp(() -> missingKeys(user, Set.copyOf(present), deadline), deadline));
        }
        return present;
    }

    private Set<RowKey> missingKeys(Handle user, Set<RowKey> present, Deadline deadline) {
        long waited = nanosBesideGrid();
        RowRestorer.Missing missing = restorer.missing(user, present, deadline);
        if (missing.keys().size() > MOST_AT_ONCE) {
            return missing.keys();
        }
        Map<RowKey, byte[]> restored = missing.restore();
        Optional.ofNullable(restored.get(RowKey.epoch(user)))
                .or(() -> grid.read(RowKey.epoch(user), parts.after(deadline, waited)))
                .ifPresent(row -> noteRestored(user, row));
        return restored.keySet();
    }

    /** Nothing is put back into the grid: the list of all users would fill it. */
    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        if (isGridAlone) {
            return grid.rowsBehind(key, most, deadline);
        }
        long waited = nanosBesideGrid();
        SortedMap<RowKey, byte[]> all =
                new TreeMap<>(lookUp(() -> parts.rows().rowsBehind(key, most, deadline), deadline));
        all.putAll(grid.rowsBehind(key, most, parts.after(deadline, waited)));
        return all.size() <= most
                ? all
                : new TreeMap<>(all.headMap(List.copyOf(all.keySet()).get(most)));
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        return write(key, Optional.empty(), row, until -> grid.create(key, row, until), deadline);
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        boolean isMade = write(key, Optional.of(seen), next, until -> grid.swap(key, seen, next, until), deadline);
        if (isMade && key.isEpoch()) {
            key.user().filter(user -> isRestored(user, Optional.of(seen))).ifPresent(user -> noteRestored(user, next));
        }
        return isMade;
    }

    private boolean write(
            RowKey key, Optional<byte[]> seen, byte[] next, Predicate<Deadline> change, Deadline deadline) {
        return switch (parts.rule().of(key, seen, next)) {
            case FIRST, AT_ONCE -> first.write(key, seen, next, change, deadline);
            case LATER -> writeLater(key, seen, next, change, deadline);
            case NONE -> change.test(deadline);
        };
    }

    /** A write may have happened also if it fails, or if the answer is no. The writer reads the grid and finds out. */
    private boolean writeLater(
            RowKey key, Optional<byte[]> seen, byte[] next, Predicate<Deadline> change, Deadline deadline) {
        try {
            boolean isMade = change.test(deadline);
            if (isMade) {
                parts.queue().add(key, next, parts.now());
            } else {
                seen.ifPresent(former -> parts.queue().addKey(key, parts.now()));
            }
            return isMade;
        } catch (PosternException e) {
            seen.ifPresent(former -> parts.queue().addKey(key, parts.now()));
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
        swaps.forEach(swap -> (parts.rule().isTombstone(swap.key(), swap.next()) ? ends : others).add(swap));
        if (!ends.isEmpty()) {
            bulk.endAll(ends, made, deadline);
        }
        CredentialsCache.super.swapAll(others, made, deadline);
    }
}
