package dev.postern.session.durable;

import dev.postern.session.row.RowKey;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of rows that were written to the database lately. Ten seconds after the last write of a row the database is
 * compared with the grid: it may have failed over to a copy that lacks the row. If the grid did not answer at the
 * write, the row is compared as soon as the grid answers: an older row may have replaced a newer one.
 *
 * <p>The number is bounded. Beyond that the oldest is forgotten. Times come from the caller, in nanoseconds of a
 * monotonic clock. Safe for concurrent use.
 */
final class RecentWrites {

    /** The most keys. */
    static final int MOST = 50_000;

    /** Longer than a copy of a database is behind. */
    static final Duration AGE = Duration.ofSeconds(10);

    private final Map<RowKey, Long> keys = new LinkedHashMap<>();
    private final Set<RowKey> unchecked = new LinkedHashSet<>();

    /** These rows were written now. */
    synchronized void add(Collection<RowKey> written, long now) {
        for (RowKey key : written) {
            keys.remove(key);
            keys.put(key, now);
        }
        while (keys.size() > MOST) {
            keys.remove(keys.keySet().iterator().next());
        }
    }

    /** These rows were written, and the grid did not say whether they were the newest. */
    synchronized void addUnchecked(Collection<RowKey> written) {
        unchecked.addAll(written);
        while (unchecked.size() > MOST) {
            unchecked.remove(unchecked.iterator().next());
        }
    }

    synchronized boolean hasUnchecked() {
        return !unchecked.isEmpty();
    }

    /**
     * At most so many of the rows to compare: the unchecked, and those whose last write was ten seconds ago. They stay
     * here.
     */
    synchronized List<RowKey> due(long now, int most) {
        Stream<RowKey> old = keys.entrySet().stream()
                .takeWhile(key -> now - key.getValue() >= AGE.toNanos())
                .map(Map.Entry::getKey);
        return Stream.concat(unchecked.stream(), old).distinct().limit(most).toList();
    }

    /** These rows were compared, as they were due at this time. Those that were written again meanwhile stay. */
    synchronized void remove(Collection<RowKey> compared, long dueAt) {
        for (RowKey key : compared) {
            unchecked.remove(key);
            Long written = keys.get(key);
            if (written != null && dueAt - written >= AGE.toNanos()) {
                keys.remove(key);
            }
        }
    }
}
