package dev.postern.session.store;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
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
 * The store of one namespace's rows, for all nodes of a cluster. It stores bytes; {@link RowCodec} gives them meaning.
 *
 * <p>There is no blind write and no delete. A row is created once and then only replaced by compare-and-set, so a late
 * writer never overwrites what has happened meanwhile. Every write sets the time to live that {@link RowTtl} computes
 * from the row.
 *
 * <p>Every method that has a deadline throws {@link PosternException} if the grid does not answer before it. A write
 * may have happened nevertheless. It has happened if the exception is a {@link NotDurableException}.
 *
 * <p>Safe for concurrent use.
 */
public interface CredentialsCache {

    /** The cluster's time, to the millisecond. */
    Instant now();

    /**
     * For how many nanoseconds this thread has waited for something beside the grid, for a database for instance. That
     * wait has bounds of its own, and does not count for the deadline of a unit of work.
     */
    default long nanosBesideGrid() {
        return 0;
    }

    /**
     * The same store, whose reads see only what the grid has: nothing is looked up beside it. Writes are the same. It
     * serves a caller to whom something beside the grid has just not answered.
     */
    default CredentialsCache gridAlone() {
        return this;
    }

    /** The row under the key; empty if there is none. Only the row's owner answers. */
    Optional<byte[]> read(RowKey key, Deadline deadline);

    /**
     * The epoch of a user whose rows are read next; empty if there is none. An implementation that has to fetch the
     * epoch from elsewhere may fetch the other rows of the user with it.
     */
    default Optional<byte[]> readEpochBeforeRows(Handle user, Deadline deadline) {
        return read(RowKey.epoch(user), deadline);
    }

    /** The rows under these keys, as far as they can be seen from here. A missing row may exist all the same. */
    default Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        Map<RowKey, byte[]> rows = new HashMap<>();
        keys.forEach(key -> read(key, deadline).ifPresent(row -> rows.put(key, row)));
        return rows;
    }

    /**
     * All rows of one user that can be seen from here: sessions, tombstones and the epoch. Some may be missing while
     * partitions move, and in a part of a split. The epoch reaches those as well (H-18).
     */
    Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline);

    /** The keys of the rows that {@link #rowsOf} returns, without the rows. */
    default Set<RowKey> keysOf(Handle user, Deadline deadline) {
        return rowsOf(user, deadline).keySet();
    }

    /**
     * The rows with the lowest keys behind this one that can be seen from here, in the order of their keys. There are
     * {@code most} of them, or fewer at the end. It may look at every key, and so take long.
     */
    SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline);

    /** Writes the row if there is none under the key. False if there is one; it stays as it is. */
    boolean create(RowKey key, byte[] row, Deadline deadline);

    /**
     * Replaces the row by compare-and-set: only if it still has the bytes that were seen. False if it has not. In rare
     * cases the answer is false although this call has replaced the row (D12). A caller that has to know it reads the
     * row again, or swaps the next bytes for themselves.
     */
    boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline);

    /**
     * Makes sure that the row is kept at least for the time that {@link RowTtl} computes from its bytes, less a few
     * seconds. False if other bytes are stored under the key, or none. An implementation may write only if the row
     * would be kept too short. So a backup that lacks the row need not get it. A swap of the row for itself always
     * writes it.
     */
    default boolean retain(RowKey key, byte[] row, Deadline deadline) {
        return swap(key, row, row, deadline);
    }

    /**
     * Makes these swaps, in any order. Each succeeds or fails by itself. Those for which there is no time are left out.
     *
     * @param made is called with the key of each swap that was made and has its time to live, on any thread. It is also
     *     called for those before a failure. After a failure further swaps may have been made
     */
    default void swapAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        swaps.stream()
                .filter(swap -> swap(swap.key(), swap.seen(), swap.next(), deadline))
                .map(Swap::key)
                .forEach(made);
    }

    /**
     * A compare-and-set: the key of the row, the bytes that were seen, and the next ones.
     *
     * <p>Immutable, as long as the arrays are not changed.
     */
    final class Swap {

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
