package dev.postern.session.concurrent;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a node remembers for a while: a value for each key. The number is bounded. Beyond that the oldest is forgotten.
 *
 * <p>Times come from the caller, in nanoseconds of a monotonic clock. Safe for concurrent use.
 */
public final class RecentEntries<K, V> {

    private final int most;
    private final long keptNanos;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>();

    /**
     * No entries yet.
     *
     * @param most how many are remembered
     * @param kept for how long one is remembered, from when it was put last
     */
    public RecentEntries(int most, Duration kept) {
        this.most = most;
        this.keptNanos = kept.toNanos();
    }

    private static final class Entry<V> {

        private final V value;
        private final long since;

        Entry(V value, long since) {
            this.value = value;
            this.since = since;
        }
    }

    /** The value that was put last; empty if that was too long ago. */
    public synchronized Optional<V> get(K key, long now) {
        return Optional.ofNullable(entries.get(key))
                .filter(entry -> now - entry.since < keptNanos)
                .map(entry -> entry.value);
    }

    /** Remembers the value in place of the former one. */
    public synchronized void put(K key, V value, long now) {
        entries.remove(key);
        entries.put(key, new Entry<>(value, now));
        if (entries.size() > most) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
