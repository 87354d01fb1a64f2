package dev.postern.session.store;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Epoch;
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
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One piece of work with the rows: all that it asks of the grid shares one deadline, and it has one time.
 *
 * <p>For one request thread.
 */
public final class UnitOfWork {

    /** How many rows are read at once of a user who has many. */
    public static final int PIECE = 250;

    private final CredentialsCache cache;
    private final RowCodec codec;
    private Deadline deadline;
    private final ClusterTime moment;

    UnitOfWork(CredentialsCache cache, RowCodec codec, Deadline deadline, ClusterTime moment) {
        this.cache = cache;
        this.codec = codec;
        this.deadline = deadline;
        this.moment = moment;
    }

    /** What became of a write. */
    public enum Outcome {
        /** This call has written. */
        WRITTEN,
        /**
         * The row has the bytes that were to be written, although the answer was no: this call's, or an equal one's.
         */
        STANDS,
        /** Another request has written something else. */
        LOST;

        public boolean isDone() {
            return this != LOST;
        }
    }

    public Instant now() {
        return moment.now();
    }

    public ClusterTime moment() {
        return moment;
    }

    /** Does what takes time that the grid is not to blame for. */
    public <T> T excludingOwnWork(Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        deadline = deadline.after(Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /** Does work that has no result. */
    public void excludingOwnWork(Runnable work) {
        excludingOwnWork(() -> {
            work.run();
            return this;
        });
    }

    /** Whether the work has time left. */
    public boolean hasTime() {
        return deadline.nanosLeft() > 0;
    }

    /** Whether the row is small enough to be written. */
    public boolean fits(SessionRow row) {
        return codec.holds(row);
    }

    public Optional<VersionedRow> find(RowKey key) {
        return cache.read(key, deadline).map(bytes -> found(key, bytes));
    }

    /** The rows of the user that can be seen from here. */
    public Map<RowKey, VersionedRow> rowsOf(Handle user) {
        return found(cache.rowsOf(user, deadline));
    }

    /** The keys of the rows of the user that can be seen from here. */
    public Set<RowKey> keysOf(Handle user) {
        return cache.keysOf(user, deadline);
    }

    /** The rows under these keys, as far as they can be seen from here. */
    public Map<RowKey, VersionedRow> findAll(Collection<RowKey> keys) {
        return found(cache.readAll(keys, deadline));
    }

    /**
     * Shows the rows of the user that can be seen from here, in pieces: however many there are, few are held at once.
     */
    public void eachOf(Handle user, Consumer<Map<RowKey, VersionedRow>> reader) {
        Set<RowKey> keys = keysOf(user);
        if (keys.size() <= PIECE) {
            reader.accept(rowsOf(user));
        } else {
            pieces(keys).forEach(piece -> reader.accept(findAll(piece)));
        }
    }

    /** The keys, some at a time. */
    public static List<List<RowKey>> pieces(Collection<RowKey> keys) {
        List<RowKey> all = List.copyOf(keys);
        List<List<RowKey>> pieces = new ArrayList<>();
        for (int start = 0; start < all.size(); start += PIECE) {
            pieces.add(all.subList(start, Math.min(start + PIECE, all.size())));
        }
        return pieces;
    }

    /** So many rows that can be seen from here, in the order of their keys, from behind a key on. */
    public SortedMap<RowKey, VersionedRow> rowsBehind(RowKey key, int most) {
        return found(cache.rowsBehind(key, most, deadline));
    }

    private SortedMap<RowKey, VersionedRow> found(Map<RowKey, byte[]> rows) {
        SortedMap<RowKey, VersionedRow> found = new TreeMap<>();
        rows.forEach((key, bytes) -> found.put(key, found(key, bytes)));
        return found;
    }

    /** What this node remembers of the row, perhaps not what it is now. */
    public Optional<VersionedRow> recall(RowKey key) {
        return cache.recall(key);
    }

    private VersionedRow found(RowKey key, byte[] bytes) {
        return new VersionedRow(bytes, codec.decode(key, bytes));
    }

    /** Creates the row, where there is none. */
    public Outcome create(RowKey key, SessionRow row) {
        byte[] bytes = codec.encode(key, row);
        return cache.create(key, bytes, deadline) ? Outcome.WRITTEN : standing(key, bytes);
    }

    /** Swaps the row, while it is what was found. */
    public Outcome swap(RowKey key, VersionedRow found, SessionRow next) {
        byte[] bytes = codec.encode(key, next);
        return cache.swap(key, found.bytes(), bytes, deadline) ? Outcome.WRITTEN : standing(key, bytes);
    }

    /** Swaps all that were found, and reports each swap that was made, on any thread; also those before a failure. */
    public void swapAll(
            Map<RowKey, VersionedRow> found, Function<VersionedRow, SessionRow> next, Consumer<RowKey> made) {
        List<CredentialsCache.Swap> swaps = new ArrayList<>();
        found.forEach((key, row) ->
                swaps.add(new CredentialsCache.Swap(key, row.bytes(), codec.encode(key, next.apply(row)))));
        cache.swapAll(swaps, made, deadline);
    }

    /**
     * Whether a write was applied although its answer says otherwise (D12). A swap of the bytes for themselves asks
     * that, and gives the row the time to live that the interrupted write may not have set.
     */
    private Outcome standing(RowKey key, byte[] bytes) {
        return cache.swap(key, bytes, bytes, deadline) ? Outcome.STANDS : Outcome.LOST;
    }

    /**
     * Which sessions of the user count.
     *
     * @throws PosternException also when the row cannot be read, because then the answer is unknown
     */
    public Epoch epoch(Handle user) {
        RowKey key = RowKey.epoch(user);
        return epoch(key, find(key));
    }

    /** The same, from what stands in the epoch's place. */
    public static Epoch epoch(RowKey key, Optional<VersionedRow> found) {
        return found.isEmpty()
                ? Epoch.NONE
                : readableEpoch(found.get())
                        .orElseThrow(() -> new PosternException("The epoch " + key + " of a user cannot be read, so it"
                                + " is unknown which sessions are valid. Sessions.revokeAll of that user"
                                + " replaces it."));
    }

    /** Empty if what was found is no epoch. */
    public static Optional<Epoch> readableEpoch(VersionedRow found) {
        return found.row().filter(Epoch.class::isInstance).map(Epoch.class::cast);
    }

    public PosternException contended(RowKey key) {
        return new PosternException("The row " + key + " changed each time that it was about to be written.");
    }
}
