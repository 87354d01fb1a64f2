package dev.postern.bench;

import com.hazelcast.map.IMap;
import dev.postern.session.CredentialsCache;
import dev.postern.session.Deadline;
import dev.postern.session.Handle;
import dev.postern.session.RowKey;
import dev.postern.session.RowLifetimes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A way into the map for the many sessions that a benchmark begins with: its creates do not wait for one another. It takes every
 * place for empty, so it is for new sessions alone.
 *
 * <p>Safe for concurrent use.
 */
final class Bulk implements CredentialsCache {

    private static final int AT_ONCE = 256;

    private final IMap<String, Object> map;
    private final RowLifetimes lifetimes;
    private final Semaphore places = new Semaphore(AT_ONCE);

    Bulk(IMap<String, Object> map, RowLifetimes lifetimes) {
        this.map = map;
        this.lifetimes = lifetimes;
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
        places.acquireUninterruptibly();
        long seconds = lifetimes.timeToLive(key, row, now()).toSeconds();
        map.setAsync(key.text(), row, seconds, TimeUnit.SECONDS)
                .whenCompleteAsync((done, failure) -> places.release(), Runnable::run);
        return true;
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        throw new UnsupportedOperationException("only for new sessions");
    }

    /** Waits until all that was begun has been done. */
    void await() {
        places.acquireUninterruptibly(AT_ONCE);
        places.release(AT_ONCE);
    }
}
