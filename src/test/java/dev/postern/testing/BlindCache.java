package dev.postern.testing;

import dev.postern.session.CredentialsCache;
import dev.postern.session.Deadline;
import dev.postern.session.RowKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A credentials cache with a fault: its swap writes over whatever stands there, as a plain put does. Tests of races must find
 * it.
 *
 * <p>Safe for concurrent use.
 */
public final class BlindCache implements CredentialsCache {

    private final CredentialsCache cache;

    public BlindCache(CredentialsCache cache) {
        this.cache = cache;
    }

    @Override
    public Instant now() {
        return cache.now();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        return cache.read(key, deadline);
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        return cache.create(key, row, deadline);
    }

    @Override
    public synchronized boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        Optional<byte[]> present = cache.read(key, deadline);
        return present.isPresent() && cache.swap(key, present.get(), next, deadline);
    }
}
