package dev.postern.session.store;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads and writes of rows that share one deadline and one timestamp. Rows whose end is pending on this node, or of
 * which it was told that they are over, read as ended.
 *
 * <p>Every method that asks the grid throws {@link PosternException} if it does not answer before the deadline.
 *
 * <p>For one request thread.
 */
public final class UnitOfWork {

    /** How many rows of one user are read at once. */
    public static final int BATCH = 250;

    /** By how much waits for something beside the grid extend the deadline at most. */
    private static final Duration LONGEST_BESIDE_GRID = Duration.ofSeconds(10);

    private final CredentialsCache cache;
    private final RowCodec codec;
    private final RowStore.Overlay overlay;
    private final RowCopies copies;
    private final long nanosBesideGrid;
    private Deadline deadline;
    private final ClusterTime time;

    UnitOfWork(
            CredentialsCache cache,
            RowCodec codec,
            RowStore.Overlay overlay,
            RowCopies copies,
            Deadline deadline,
            ClusterTime time) {
        this(cache, codec, overlay, copies, cache.nanosBesideGrid(), deadline, time);
    }

    private UnitOfWork(
            CredentialsCache cache,
            RowCodec codec,
            RowStore.Overlay overlay,
            RowCopies copies,
            long nanosBesideGrid,
            Deadline deadline,
            ClusterTime time) {
        this.cache = cache;
        this.codec = codec;
        this.overlay = overlay;
        this.copies = copies;
        this.nanosBesideGrid = nanosBesideGrid;
        this.deadline = deadline;
        this.time = time;
    }

    /**
     * A unit of work with the same deadline and timestamp, which reads only what the grid has. It serves a caller to
     * whom a database beside the grid has just not answered.
     */
    public UnitOfWork gridAlone() {
        return new UnitOfWork(cache.gridAlone(), codec, overlay, copies, nanosBesideGrid, deadline, time);
    }

    /** The result of a write. */
    public enum Outcome {
        /** This call has written. */
        WRITTEN,
        /** The answer was no, but the row has the bytes. This call has written them, or one that wrote equal ones. */
        STANDS,
        /** Another request has written something else. */
        LOST;

        public boolean isDone() {
            return this != LOST;
        }
    }

    /**
     * What {@link UnitOfWork#update} does with a row.
     *
     * @param next the row to write; empty if the row stays as it is
     * @param result the result of the update, from the outcome of the write
     */
    public record Change<T>(Optional<SessionRow> next, Function<Outcome, T> result) {

        /** Writes the row. The result may depend on whether this call or an equal one has written. */
        public static <T> Change<T> write(SessionRow next, Function<Outcome, T> result) {
            return new Change<>(Optional.of(next), result);
        }

        /** Leaves the row as it is. */
        public static <T> Change<T> none(T result) {
            return new Change<>(Optional.empty(), outcome -> result);
        }
    }

    public Instant now() {
        return time.now();
    }

    /** The time of the whole unit of work. */
    public ClusterTime time() {
        return time;
    }

    /** Runs code of the application, and extends the deadline by its duration. */
    public <T> T excludingOwnWork(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        deadline = deadline.after(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /** Runs code of the application that has no result, and extends the deadline by its duration. */
    public void excludingOwnWork(Runnable work) {
        excludingOwnWork(() -> {
            work.run();
            return this;
        });
    }

    /** Whether the deadline is still ahead. */
    public boolean hasTime() {
        return deadline().nanosLeft() > 0;
    }

    /** The deadline, which a wait for something beside the grid extends, but not without end. */
    private Deadline deadline() {
        long waited = cache.nanosBesideGrid() - nanosBesideGrid;
        return deadline.after(Duration.ofNanos(Math.min(waited, LONGEST_BESIDE_GRID.toNanos())));
    }

    /** Whether the row is small enough to be written. */
    public boolean fits(SessionRow row) {
        return codec.fits(row);
    }

    /** The row under the key; empty if there is none. */
    public Optional<VersionedRow> find(RowKey key) {
        return cache.read(key, deadline()).map(bytes -> decoded(key, bytes));
    }

    /** The rows of the user that can be seen from here. */
    public Map<RowKey, VersionedRow> rowsOf(Handle user) {
        return decoded(cache.rowsOf(user, deadline()));
    }

    /** The keys of the rows of the user that can be seen from here. */
    public Set<RowKey> keysOf(Handle user) {
        return cache.keysOf(user, deadline());
    }

    /** The rows under these keys, as far as they can be seen from here. */
    public Map<RowKey, VersionedRow> findAll(Collection<RowKey> keys) {
        return decoded(cache.readAll(keys, deadline()));
    }

    /** Passes the rows of the user that can be seen from here to the reader, batch by batch. */
    public void eachOf(Handle user, Consumer<Map<RowKey, VersionedRow>> reader) {
        Set<RowKey> keys = keysOf(user);
        if (keys.size() <= BATCH) {
            reader.accept(rowsOf(user));
        } else {
            batches(keys).forEach(batch -> reader.accept(findAll(batch)));
        }
    }

    /** The keys in lists of at most {@link #BATCH}. */
    public static List<List<RowKey>> batches(Collection<RowKey> keys) {
        List<RowKey> all = List.copyOf(keys);
        List<List<RowKey>> batches = new ArrayList<>();
        for (int start = 0; start < all.size(); start += BATCH) {
            batches.add(all.subList(start, Math.min(start + BATCH, all.size())));
        }
        return batches;
    }

    /** At most this many rows of all users, in the order of their keys, behind this key. */
    public SortedMap<RowKey, VersionedRow> rowsBehind(RowKey key, int most) {
        return decoded(cache.rowsBehind(key, most, deadline()));
    }

    private SortedMap<RowKey, VersionedRow> decoded(Map<RowKey, byte[]> rows) {
        SortedMap<RowKey, VersionedRow> found = new TreeMap<>();
        rows.forEach((key, bytes) -> found.put(key, decoded(key, bytes)));
        return found;
    }

    private VersionedRow decoded(RowKey key, byte[] bytes) {
        return overlaid(key, new VersionedRow(bytes, codec.decode(key, bytes)));
    }

    private VersionedRow overlaid(RowKey key, VersionedRow read) {
        if (!(read.stored().orElse(null) instanceof Active active)) {
            return read;
        }
        return copies.hasEnded(key, active)
                ? read.endedBy(new Revoked(now(), Ending.REVOKED, active.times().absoluteDeadline()))
                : overlay.tombstone(key, active).map(read::endedBy).orElse(read);
    }

    /**
     * Changes the row by compare-and-set. If another request writes meanwhile, the row is read and changed again, until
     * the deadline.
     *
     * @param change decides from the row, or from its absence, what is written; may run several times
     * @throws PosternException also if each write was lost to another request
     */
    public <T> T update(RowKey key, Function<Optional<VersionedRow>, Change<T>> change) {
        return update(key, find(key), change);
    }

    /**
     * Like {@link #update(RowKey, Function)}, of a row that was read already.
     *
     * @param first what was read; empty if there was none
     */
    public <T> T update(RowKey key, Optional<VersionedRow> first, Function<Optional<VersionedRow>, Change<T>> change) {
        return update(key, first, change, UnitOfWork::refuse);
    }

    /**
     * Like {@link #update(RowKey, Function)}, but returns also if the grid has made the change and a database beside it
     * has not.
     *
     * @param late is called with the failure then. The caller has to throw it in the end
     */
    public <T> T update(
            RowKey key, Function<Optional<VersionedRow>, Change<T>> change, Consumer<NotDurableException> late) {
        return update(key, find(key), change, late);
    }

    /** Like {@link #update(RowKey, Function, Consumer)}, of a row that was read already; empty if there was none. */
    public <T> T update(
            RowKey key,
            Optional<VersionedRow> first,
            Function<Optional<VersionedRow>, Change<T>> change,
            Consumer<NotDurableException> late) {
        Optional<VersionedRow> found = first;
        while (hasTime()) {
            Optional<VersionedRow> seen = found;
            Change<T> wanted = change.apply(seen);
            if (wanted.next().isEmpty()) {
                return wanted.result().apply(Outcome.STANDS);
            }
            SessionRow next = wanted.next().get();
            Outcome outcome = seen.map(row -> swap(key, row, next, late)).orElseGet(() -> create(key, next, late));
            if (outcome.isDone()) {
                return wanted.result().apply(outcome);
            }
            found = find(key);
        }
        throw contended(key);
    }

    /** Creates the row. The outcome is {@link Outcome#LOST} if there is another one. */
    public Outcome create(RowKey key, SessionRow row) {
        return create(key, row, UnitOfWork::refuse);
    }

    private Outcome create(RowKey key, SessionRow row, Consumer<NotDurableException> late) {
        byte[] bytes = codec.encode(key, row);
        return isMade(() -> cache.create(key, bytes, deadline()), late) ? Outcome.WRITTEN : reread(key, bytes, late);
    }

    /** Replaces the row by compare-and-set: only if it still has the bytes that were read. */
    public Outcome swap(RowKey key, VersionedRow found, SessionRow next) {
        return swap(key, found, next, UnitOfWork::refuse);
    }

    /** Like {@link #swap(RowKey, VersionedRow, SessionRow)}, with the failures of {@link #update}. */
    public Outcome swap(RowKey key, VersionedRow found, SessionRow next, Consumer<NotDurableException> late) {
        byte[] bytes = codec.encode(key, next);
        try {
            return isMade(() -> cache.swap(key, found.bytes(), bytes, deadline()), late)
                    ? Outcome.WRITTEN
                    : reread(key, bytes, late);
        } finally {
            copies.drop(key); // after a failure too: the write may have happened
        }
    }

    private static boolean isMade(BooleanSupplier write, Consumer<NotDurableException> late) {
        try {
            return write.getAsBoolean();
        } catch (NotDurableException e) {
            late.accept(e);
            return true;
        }
    }

    private static void refuse(NotDurableException late) {
        throw late;
    }

    /**
     * Replaces all these rows by compare-and-set, in any order. Those that another request has changed stay as they
     * are.
     *
     * @param written is called with the key of each row that was replaced, on any thread
     * @throws NotDurableException if the grid has done that, and a database beside it has not
     */
    public void swapAll(
            Map<RowKey, VersionedRow> found, Function<VersionedRow, SessionRow> next, Consumer<RowKey> written) {
        List<CredentialsCache.Swap> swaps = new ArrayList<>();
        found.forEach((key, row) ->
                swaps.add(new CredentialsCache.Swap(key, row.bytes(), codec.encode(key, next.apply(row)))));
        try {
            cache.swapAll(swaps, written, deadline());
        } finally {
            found.keySet().forEach(copies::drop);
        }
    }

    /** Drops this node's copy of the row, which is about to read as something else. */
    public void dropOwnCopy(RowKey key) {
        copies.drop(key);
    }

    /**
     * Returns when no node accepts a request by an older copy of the row. To be called after a write that others must
     * see at once. Its time does not count for the deadline.
     */
    public void dropCopies(RowKey key) {
        excludingOwnWork(() -> copies.dropEverywhere(key));
    }

    /** Like {@link #dropCopies(RowKey)}, for a session whose tombstone is written. */
    public void endCopies(RowKey key) {
        excludingOwnWork(() -> copies.endEverywhere(key));
    }

    /** Like {@link #dropCopies(RowKey)}, for all rows of the user, whose epoch is written. */
    public void dropCopies(Handle user, Epoch epoch) {
        excludingOwnWork(() -> copies.dropEverywhere(user, epoch));
    }

    /**
     * Whether a write was applied although its answer says otherwise (D12). A swap of the bytes for themselves finds
     * that out. It also sets the time to live, which the interrupted write may have missed.
     */
    private Outcome reread(RowKey key, byte[] bytes, Consumer<NotDurableException> late) {
        return isMade(() -> cache.swap(key, bytes, bytes, deadline()), late) ? Outcome.STANDS : Outcome.LOST;
    }

    /**
     * The user's epoch, or {@link Epoch#NONE} if there is none.
     *
     * @throws PosternException also if the epoch cannot be read, because then it is unknown which sessions it ends
     */
    public Epoch epoch(Handle user) {
        RowKey key = RowKey.epoch(user);
        return epoch(key, find(key));
    }

    /** Like {@link #epoch(Handle)}, of a user whose rows are read next. */
    public Epoch epochBeforeRows(Handle user) {
        return epoch(RowKey.epoch(user), findEpochBeforeRows(user));
    }

    /** The row of the epoch of a user whose rows are read next; empty if there is none. */
    public Optional<VersionedRow> findEpochBeforeRows(Handle user) {
        RowKey key = RowKey.epoch(user);
        return cache.readEpochBeforeRows(user, deadline()).map(bytes -> decoded(key, bytes));
    }

    /**
     * The epoch in a row that was found under its key, or {@link Epoch#NONE} if there is no row.
     *
     * @throws PosternException if the epoch cannot be read
     */
    public static Epoch epoch(RowKey key, Optional<VersionedRow> found) {
        return found.isEmpty()
                ? Epoch.NONE
                : found.get()
                        .epoch()
                        .orElseThrow(() ->
                                new PosternException("The epoch " + key + " of a user cannot be read, so it is unknown"
                                        + " which sessions are valid. Sessions.revokeAll of that user"
                                        + " replaces it."));
    }

    /** The exception for a row that other requests change all the time. */
    public static PosternException contended(RowKey key) {
        return new PosternException("The row " + key + " changed each time that it was about to be written.");
    }
}
