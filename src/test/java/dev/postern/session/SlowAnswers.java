package dev.postern.session;

import java.time.Instant;
import java.util.Optional;

/** A credentials cache in which something happens while the answer to each read is on its way. */
record SlowAnswers(CredentialsCache cache, Runnable meanwhile) implements CredentialsCache {

    @Override
    public Instant now() {
        return cache.now();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        Optional<byte[]> row = cache.read(key, deadline);
        meanwhile.run();
        return row;
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
