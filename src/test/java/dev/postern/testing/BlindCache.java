package dev.postern.testing;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import java.util.Optional;

/**
 * A credentials cache with a fault: its swap writes over whatever stands there, as a plain put does. Tests of races must find
 * it.
 *
 * <p>Safe for concurrent use.
 */
public final class BlindCache extends PassingCache {

    public BlindCache(CredentialsCache cache) {
        super(cache);
    }

    @Override
    public synchronized boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        Optional<byte[]> present = read(key, deadline);
        return present.isPresent() && super.swap(key, present.get(), next, deadline);
    }
}
