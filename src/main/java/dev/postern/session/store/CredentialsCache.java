package dev.postern.session.store;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Where the rows of one namespace live, for all nodes of a cluster. It stores bytes; {@link RowCodec} gives them
 * meaning.
 *
 * <p>There is no blind write and no delete: a row is created once and then only swapped, so that a late writer always
 * meets what has happened meanwhile. How long a row stays is a function of what it says, {@link RowTtl}; every
 * write sets it.
 *
 * <p>Every method except {@link #now()} throws {@link PosternException} when the grid does not answer before the
 * deadline. A write may have happened nevertheless.
 *
 * <p>Safe for concurrent use.
 */
public interface CredentialsCache {

    /** The cluster's time, to the millisecond. */
    Instant now();

    /** The row under the key; empty if there is none. Only the row's owner answers. */
    Optional<byte[]> read(RowKey key, Deadline deadline);

    /**
     * The rows under these keys, as far as there are any. That a row is not among them is no proof that there is none.
     */
    default Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        Map<RowKey, byte[]> rows = new HashMap<>();
        keys.forEach(key -> read(key, deadline).ifPresent(row -> rows.put(key, row)));
        return rows;
    }

    /**
     * All rows of one user that can be seen from here: sessions, tombstones and the epoch. While partitions move, and
     * in a part of a split, some may be missing; to reach those as well, write the epoch (H-18).
     */
    Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline);

    /** The keys of the rows that {@link #rowsOf} answers, for a user who may have many of them. */
    default Set<RowKey> keysOf(Handle user, Deadline deadline) {
        return rowsOf(user, deadline).keySet();
    }

    /**
     * So many rows that can be seen from here, those with the lowest keys behind this one, in their order. Fewer only
     * when there are no more. It may look at every key, and so take long.
     */
    SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline);

    /**
     * This node's own copy of the row, if it is young enough to accept a request that changes nothing; else empty. Does
     * not ask the grid. The copy may be stale, so neither a refusal nor a write may rest on it: {@link #read} for
     * those. There is none unless an implementation says so.
     */
    default Optional<VersionedRow> recall(RowKey key) {
        return Optional.empty();
    }

    /** Writes a row where there is none. False when there is one already, which then stays as it is. */
    boolean create(RowKey key, byte[] row, Deadline deadline);

    /**
     * Replaces the row if it still holds the bytes that were seen. False when it does not; then, rarely, this very swap
     * was applied all the same and its answer lost (D12): re-read and compare to find out.
     */
    boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline);

    /**
     * Keeps the row at least about as long as its bytes ask for; false if it is not stored. Writes only when there is
     * need, so it does not make sure of a row's backups: a compare-and-set of the row for itself does.
     */
    default boolean retain(RowKey key, byte[] row, Deadline deadline) {
        return swap(key, row, row, deadline);
    }

    /**
     * Makes all of these swaps, in any order. Each is one by itself: some may be made, and some not.
     *
     * @param made is told of each that was made and will stay as long as it must, on any thread, and of those before a
     *     failure too. After a failure others may have been made as well
     */
    default void swapAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        swaps.stream()
                .filter(swap -> swap(swap.key(), swap.seen(), swap.next(), deadline))
                .map(Swap::key)
                .forEach(made);
    }

    /**
     * One of several swaps that are to be made: the row under the key, from the bytes that were seen to the next ones.
     *
     * <p>Immutable, as long as the arrays are not changed.
     */
    public static final class Swap {

        private final RowKey key;
        private final byte[] seen;
        private final byte[] next;

        Swap(RowKey key, byte[] seen, byte[] next) {
            this.key = key;
            this.seen = seen;
            this.next = next;
        }

        public RowKey key() {
            return key;
        }

        public byte[] seen() {
            return seen;
        }

        public byte[] next() {
            return next;
        }
    }
}
