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
 * A near cache: keeps copies of the rows that this node has read, so that a busy session does not ask the grid for each
 * request.
 *
 * <p>A copy is never older than the staleness. Its age begins before the read is sent, so the bound holds however long
 * the answer takes, and also on a node that is cut off. Hazelcast's own near cache has no such bound (HZ-24).
 *
 * <p>Only {@link #recall} returns copies; everything else goes to the grid. A write of this node drops the copy, even
 * if it fails, and so does a read that finds no row. An answer that was under way during the write leaves no copy.
 *
 * <p>Safe for concurrent use.
 */
public final class NearCachedStore implements CredentialsCache {

    /** The most copies; the least recently used one is dropped first. */
    static final int MOST_COPIES = 10_000;

    /** Larger rows are not copied. A decoded copy takes a few times its bytes, so this bounds the memory. */
    static final int MOST_BYTES = 4 * 1024;

    private final CredentialsCache grid;
    private final RowCodec codec;
    private final long staleness;
    private final LongSupplier nanoTime;
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * What the grid held under a key at a moment. A copy without a row serves no request: it only prevents that an
     * older answer is kept.
     */
    private static final class Copy {

        private final Optional<byte[]> row;
        private final long asOf;

        /** The decoded row, after the first request for it. Several threads may decode it at once, with one result. */
        private @Nullable VersionedRow decoded;

        Copy(Optional<byte[]> row, long asOf) {
            this.row = row;
            this.asOf = asOf;
        }

        /** Whether this copy is younger. Of two from the same moment the one without a row replaces the other. */
        boolean replaces(Copy present) {
            long younger = asOf - present.asOf;
            return younger > 0 || (younger == 0 && row.isEmpty());
        }

        Optional<VersionedRow> decoded(RowKey key, RowCodec codec) {
            VersionedRow known = decoded;
            if (known == null && row.isPresent()) {
                known = new VersionedRow(row.get(), codec.decode(key, row.get()));
                decoded = known;
            }
            return Optional.ofNullable(known);
        }
    }

    /**
     * A near cache in front of the grid.
     *
     * @param codec decodes each copy once
     * @param staleness the age from which on a copy is no longer used
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
        return copy == null ? Optional.empty() : copy.decoded(key, codec);
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

    /** Drops the copy after a write, even a failed one: it may have happened. */
    private void drop(RowKey key) {
        keep(key, new Copy(Optional.empty(), nanoTime.getAsLong()));
    }

    /** Keeps the copy unless there is a younger one, from a write of this node for instance. */
    private void keep(RowKey key, Copy copy) {
        synchronized (copies) {
            copies.merge(key.text(), copy, (present, offered) -> offered.replaces(present) ? offered : present);
            if (copies.size() > MOST_COPIES) {
                copies.remove(copies.keySet().iterator().next());
            }
        }
    }
}
