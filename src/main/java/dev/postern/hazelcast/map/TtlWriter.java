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
 * How long the map keeps rows: as long as each asks for by its bytes.
 *
 * <p>Safe for concurrent use.
 */
final class TtlWriter {

    /** By how much a row may be kept shorter than it says. */
    private static final Duration SHORT_BY = Duration.ofSeconds(10);

    private final Supplier<IMap<String, Object>> map;
    private final ClusterClock clock;
    private final RowTtl lifetimes;

    TtlWriter(Supplier<IMap<String, Object>> map, ClusterClock clock, RowTtl lifetimes) {
        this.map = map;
        this.clock = clock;
        this.lifetimes = lifetimes;
    }

    /** Hazelcast counts in seconds; zero would mean for ever, and a negative number the map's default. */
    long seconds(RowKey key, byte[] row) {
        Duration life = lifetimes.timeToLive(key, row, clock.now());
        return Math.max(1, life.plusNanos(999_999_999).toSeconds());
    }

    /** Gives the row that has just been written its time to live, and makes sure of it. */
    void keep(RowKey key, byte[] written) {
        set(key, written);
        settle(key, written, map.get().get(key.text()));
    }

    /**
     * Gives the row that has just been written its time to live. It may still hit another one: {@link #settle} it
     * afterwards.
     */
    void set(RowKey key, byte[] written) {
        if (!map.get().setTtl(key.text(), seconds(key, written), TimeUnit.SECONDS)) {
            throw gone(key);
        }
    }

    /**
     * Makes sure of rows whose time has been set. {@code setTtl} knows only the key, so it may hit a row that another
     * node has written meanwhile, a tombstone at worst, and shorten its life (D21). So the rows are read again, and
     * each row that is there gets its own time.
     */
    void settle(Map<RowKey, byte[]> written) {
        Set<String> names = written.keySet().stream().map(RowKey::text).collect(Collectors.toSet());
        Map<String, Object> present = map.get().getAll(names);
        written.forEach((key, row) -> settle(key, row, present.get(key.text())));
    }

    /** Each further round means a further write by another node. */
    private void settle(RowKey key, byte[] written, @Nullable Object present) {
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
     * Whether the row stands and is kept as long as it should. Where the owner's clock differs from the cluster's, a
     * row is written once too often, or its margin ({@link RowTtl}) is less by as much.
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
