package dev.postern.hazelcast;

import com.hazelcast.core.EntryView;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.session.RowKey;
import dev.postern.session.RowLifetimes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long the map keeps rows: as long as each asks for by its bytes.
 *
 * <p>Safe for concurrent use.
 */
final class RowTimes {

    /** By how much a row may be kept shorter than it says. */
    private static final Duration SHORT_BY = Duration.ofSeconds(10);

    private final Supplier<IMap<String, Object>> map;
    private final GridClock clock;
    private final RowLifetimes lifetimes;

    RowTimes(Supplier<IMap<String, Object>> map, GridClock clock, RowLifetimes lifetimes) {
        this.map = map;
        this.clock = clock;
        this.lifetimes = lifetimes;
    }

    /** Hazelcast counts in seconds; zero would mean for ever, and a negative number the map's default. */
    long seconds(byte[] row) {
        Duration life = lifetimes.timeToLive(row, clock.now());
        return Math.max(1, life.plusNanos(999_999_999).toSeconds());
    }

    /**
     * Gives the row that has just been written its time to live. {@code setTtl} knows only the key, so it may hit the row of
     * somebody who has written meanwhile, a tombstone at worst, and shorten its life (D21). So the row is read again, and
     * whatever is there gets its own time; each further round means a further write by somebody else.
     */
    void keep(RowKey key, byte[] written) {
        byte[] row = written;
        byte[] present = keptFor(key, row);
        while (!Arrays.equals(present, row)) {
            row = present;
            present = keptFor(key, row);
        }
    }

    /** Sets the time to live that these bytes ask for, and answers what stands under the key then. */
    private byte[] keptFor(RowKey key, byte[] row) {
        boolean isThere = map.get().setTtl(key.text(), seconds(row), TimeUnit.SECONDS);
        Object present = isThere ? map.get().get(key.text()) : null;
        if (present == null) {
            throw new PosternException("The row " + key + " is gone although it has just been written.");
        }
        return MapRow.orForeign(present);
    }

    /**
     * Whether the row stands and is kept as long as it should. Where the owner's clock differs from the cluster's, a row is
     * written once too often, or its margin ({@link RowLifetimes}) is less by as much.
     */
    boolean isKept(RowKey key, byte[] row) {
        EntryView<String, Object> view = map.get().getEntryView(key.text());
        if (view == null || !Arrays.equals(MapRow.orForeign(view.getValue()), row)) {
            return false;
        }
        Instant now = clock.now();
        Duration left = Duration.between(now, Instant.ofEpochMilli(view.getExpirationTime()));
        return left.compareTo(lifetimes.timeToLive(row, now).minus(SHORT_BY)) > 0;
    }
}
