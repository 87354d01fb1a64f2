package dev.postern.testing;

import dev.postern.session.CredentialsCache;
import dev.postern.session.Deadline;
import dev.postern.session.RowKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A credentials cache whose clock is ahead of the real one, as far as the test says.
 *
 * <p>Safe for concurrent use, as far as the other cache is.
 */
public final class AheadCache implements CredentialsCache {

    private final CredentialsCache cache;
    private final Supplier<Duration> ahead;

    public AheadCache(CredentialsCache cache, Supplier<Duration> ahead) {
        this.cache = cache;
        this.ahead = ahead;
    }

    /** What the machine's own clock shows, which is as far ahead. */
    public long nanoTime() {
        return System.nanoTime() + ahead.get().toNanos();
    }

    @Override
    public Instant now() {
        return cache.now().plus(ahead.get());
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
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        return cache.swap(key, seen, next, deadline);
    }
}
