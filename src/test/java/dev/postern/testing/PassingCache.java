package dev.postern.testing;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A credentials cache that passes everything on to another one; those that differ in something extend it.
 *
 * <p>Safe for concurrent use, as far as the other cache is.
 */
public class PassingCache implements CredentialsCache {

    private final CredentialsCache cache;

    public PassingCache(CredentialsCache cache) {
        this.cache = cache;
    }

    @Override
    public Instant now() {
        return cache.now();
    }

    @Override
    public long nanosBesideGrid() {
        return cache.nanosBesideGrid();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        return cache.read(key, deadline);
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return cache.rowsOf(user, deadline);
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        return cache.rowsBehind(key, most, deadline);
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        return cache.create(key, row, deadline);
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        return cache.swap(key, seen, next, deadline);
    }
}
