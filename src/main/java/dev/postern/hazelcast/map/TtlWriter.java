package dev.postern.hazelcast.map;

import com.hazelcast.core.EntryView;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sets the time to live of rows in the map, as {@link RowTtl} computes it from the bytes of each row.
 *
 * <p>Safe for concurrent use.
 */
final class TtlWriter {

    /** How much shorter than computed a row may be kept before it counts as too short. */
    private static final Duration SHORT_BY = Duration.ofSeconds(10);

    private final Supplier<IMap<String, Object>> map;
    private final ClusterClock clock;
    private final RowTtl lifetimes;

    TtlWriter(Supplier<IMap<String, Object>> map, ClusterClock clock, RowTtl lifetimes) {
        this.map = map;
        this.clock = clock;
        this.lifetimes = lifetimes;
    }

    /** A time to live in Hazelcast's unit, rounded up. At least one: zero means for ever, -1 the map's default. */
    static long seconds(Duration life) {
        return Math.max(1, life.plusNanos(999_999_999).toSeconds());
    }

    /** The time to live of a row, in seconds. */
    long seconds(RowKey key, byte[] row) {
        return seconds(lifetimes.timeToLive(key, row, clock.now()));
    }

    /** Sets the time to live of the row that has just been written, and verifies it. */
    void setAndVerify(RowKey key, byte[] written) {
        set(key, written);
        verify(key, written, map.get().get(key.text()));
    }

    /**
     * Sets the time to live of the row that has just been written. It may hit another row: {@link #verify} it
     * afterwards.
     */
    void set(RowKey key, byte[] written) {
        if (!map.get().setTtl(key.text(), seconds(key, written), TimeUnit.SECONDS)) {
            throw gone(key);
        }
    }

    /**
     * Verifies rows whose time to live has been set. {@code setTtl} knows only the key, so it may have hit a row that
     * another node wrote meanwhile, and have shortened the life of a tombstone (D21). So the rows are read again, and a
     * row that differs gets its own time to live.
     */
    void verify(Map<RowKey, byte[]> written) {
        Set<String> names = written.keySet().stream().map(RowKey::text).collect(Collectors.toSet());
        Map<String, Object> present = map.get().getAll(names);
        written.forEach((key, row) -> verify(key, row, present.get(key.text())));
    }

    /** Each further round means a further write by another node. */
    private void verify(RowKey key, byte[] written, @Nullable Object present) {
        byte[] row = written;
        byte[] next = row(key, present);
        while (!Arrays.equals(next, row)) {
            row = next;
            set(key, row);
            next = row(key, map.get().get(key.text()));
        }
    }

    private static byte[] row(RowKey key, @Nullable Object value) {
        if (value == null) {
            throw gone(key);
        }
        return MapValue.orForeign(value);
    }

    private static PosternException gone(RowKey key) {
        return new PosternException("The row " + key + " is gone although it has just been written.");
    }

    /**
     * Whether the row is stored and kept as long as it should be. If the owner's clock differs from the cluster's, a
     * row is written once too often, or its margin ({@link RowTtl}) is smaller by the difference.
     */
    boolean isKept(RowKey key, byte[] row) {
        EntryView<String, Object> view = map.get().getEntryView(key.text());
        if (view == null || !Arrays.equals(MapValue.orForeign(view.getValue()), row)) {
            return false;
        }
        Instant now = clock.now();
        Duration left = Duration.between(now, Instant.ofEpochMilli(view.getExpirationTime()));
        return left.compareTo(lifetimes.timeToLive(key, row, now).minus(SHORT_BY)) > 0;
    }
}
