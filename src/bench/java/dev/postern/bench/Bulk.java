package dev.postern.bench;

import com.hazelcast.map.IMap;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A way into the map for the many sessions that a benchmark begins with: it writes a thousand at a time, for as long as the map keeps
 * what says nothing else. It takes every place for empty, so it is for new sessions alone.
 *
 * <p>For one thread.
 */
final class Bulk implements CredentialsCache {

    private static final int AT_ONCE = 1000;

    private final IMap<String, Object> map;
    private final Map<String, Object> waiting = new HashMap<>();

    Bulk(IMap<String, Object> map) {
        this.map = map;
    }

    @Override
    public Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        return Optional.empty();
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return Map.of();
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        return new TreeMap<>();
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        waiting.put(key.text(), row);
        if (waiting.size() == AT_ONCE) {
            flush();
        }
        return true;
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        throw new UnsupportedOperationException("only for new sessions");
    }

    /** Writes what has not been written yet. */
    void flush() {
        map.putAll(waiting);
        waiting.clear();
    }
}
