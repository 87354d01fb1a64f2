package dev.postern.session.store;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A credentials cache that remembers for a short while what it has read, so that a node need not ask the grid about
 * each request of a busy session. A copy counts by its age, which begins before the read was sent: so no copy shows
 * what the grid had not held at some moment within the staleness, however long the answer was on its way and whether or
 * not this node can still reach the others. Hazelcast's own near cache has no such bound (HZ-24).
 *
 * <p>Reads, creates and swaps go to the grid as ever. A write of this node, successful or not, drops the copy, and so
 * does a read that finds no row; an answer that was under way meanwhile leaves none. Only {@link #recall} answers from
 * copies.
 *
 * <p>Safe for concurrent use.
 */
public final class NearCachedStore implements CredentialsCache {

    /** How many rows have a copy: the least recently used one goes first. */
    static final int MOST_COPIES = 10_000;

    /**
     * Larger rows get none, which bounds the memory as well: a copy takes a few times its bytes once it has been read.
     */
    static final int MOST_BYTES = 4 * 1024;

    private final CredentialsCache grid;
    private final RowCodec codec;
    private final long staleness;
    private final LongSupplier nanoTime;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    /** What the grid is known to have held at a moment; without a row only that older answers no longer count. */
    private static final class Copy {

        private final Optional<byte[]> row;
        private final long asOf;

        /** What the row means, once a request has asked. Several may find out at once, with the same result. */
        private @Nullable VersionedRow found;

        Copy(Optional<byte[]> row, long asOf) {
            this.row = row;
            this.asOf = asOf;
        }

        /** The younger one counts, and of two of one moment the one without a row. */
        boolean replaces(Copy present) {
            long younger = asOf - present.asOf;
            return younger > 0 || (younger == 0 && row.isEmpty());
        }

        Optional<VersionedRow> found(RowKey key, RowCodec codec) {
            VersionedRow known = found;
            if (known == null && row.isPresent()) {
                known = new VersionedRow(row.get(), codec.decode(key, row.get()));
                found = known;
            }
            return Optional.ofNullable(known);
        }
    }

    /**
     * A cache over the grid's.
     *
     * @param codec reads the rows; a copy is read once
     * @param staleness from which age on a copy no longer counts
     * @param nanoTime a monotonic clock in nanoseconds, {@link System#nanoTime()} for instance
     */
    public NearCachedStore(CredentialsCache grid, RowCodec codec, Duration staleness, LongSupplier nanoTime) {
        this.grid = grid;
        this.codec = codec;
        this.staleness = staleness.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public Instant now() {
        return grid.now();
    }

    @Override
    public Optional<VersionedRow> recall(RowKey key) {
        long now = nanoTime.getAsLong();
        Copy copy;
        synchronized (copies) {
            copy = copies.get(key.text());
            if (copy != null && now - copy.asOf >= staleness) {
                copies.remove(key.text());
                copy = null;
            }
        }
        return copy == null ? Optional.empty() : copy.found(key, codec);
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        long sent = nanoTime.getAsLong();
        Optional<byte[]> row = grid.read(key, deadline);
        keep(key, new Copy(row.filter(bytes -> bytes.length <= MOST_BYTES), sent));
        return row;
    }

    @Override
    public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        return grid.readAll(keys, deadline);
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return grid.rowsOf(user, deadline);
    }

    @Override
    public Set<RowKey> keysOf(Handle user, Deadline deadline) {
        return grid.keysOf(user, deadline);
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        return grid.rowsBehind(key, most, deadline);
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        try {
            return grid.create(key, row, deadline);
        } finally {
            drop(key);
        }
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        try {
            return grid.swap(key, seen, next, deadline);
        } finally {
            drop(key);
        }
    }

    @Override
    public boolean retain(RowKey key, byte[] row, Deadline deadline) {
        return grid.retain(key, row, deadline);
    }

    @Override
    public void swapAll(Collection<CredentialsCache.Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        try {
            grid.swapAll(swaps, made, deadline);
        } finally {
            swaps.forEach(swap -> drop(swap.key()));
        }
    }

    /** A write that failed may have happened, so it drops the copy too. */
    private void drop(RowKey key) {
        keep(key, new Copy(Optional.empty(), nanoTime.getAsLong()));
    }

    /**
     * An answer that was sent for before a write of this node, and comes after it, is older than that: it is not kept.
     */
    private void keep(RowKey key, Copy copy) {
        synchronized (copies) {
            copies.merge(key.text(), copy, (present, offered) -> offered.replaces(present) ? offered : present);
            if (copies.size() > MOST_COPIES) {
                copies.remove(copies.keySet().iterator().next());
            }
        }
    }
}
