package dev.postern.testing;

import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * A credentials cache whose clock is ahead of the real one, as far as the test says.
 *
 * <p>Safe for concurrent use, as far as the other cache is.
 */
public final class AheadCache extends PassingCache {

    private final Supplier<Duration> ahead;

    public AheadCache(CredentialsCache cache, Supplier<Duration> ahead) {
        super(cache);
        this.ahead = ahead;
    }

    /** What the machine's own clock shows, which is as far ahead. */
    public long nanoTime() {
        return System.nanoTime() + ahead.get().toNanos();
    }

    @Override
    public Instant now() {
        return super.now().plus(ahead.get());
    }
}
