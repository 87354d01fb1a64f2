package dev.postern.session;

import dev.postern.PosternException;
import java.time.Instant;
import java.util.Optional;

/**
 * One piece of work with the rows: all that it asks of the grid shares one deadline, and it has one time.
 *
 * <p>For one request thread.
 */
final class Visit {

    private final CredentialsCache cache;
    private final RowCodec codec;
    private final Deadline deadline;
    private final Instant now;

    Visit(CredentialsCache cache, RowCodec codec, Deadline deadline) {
        this.cache = cache;
        this.codec = codec;
        this.deadline = deadline;
        this.now = cache.now();
    }

    Instant now() {
        return now;
    }

    Optional<Found> find(RowKey key) {
        return cache.read(key, deadline).map(bytes -> new Found(bytes, codec.decode(bytes)));
    }

    /** Creates the row. False when there is another one already. */
    boolean create(RowKey key, SessionRow row) {
        byte[] bytes = codec.encode(row);
        return cache.create(key, bytes, deadline) || isThere(key, bytes);
    }

    /** Swaps the row. False when it is not any more what was found. */
    boolean swap(RowKey key, Found found, SessionRow next) {
        byte[] bytes = codec.encode(next);
        return cache.swap(key, found.bytes(), bytes, deadline) || isThere(key, bytes);
    }

    /**
     * Whether a write was applied although its answer says otherwise (D12). A swap of the bytes for themselves asks that,
     * and gives the row the time to live that the interrupted write may not have set.
     */
    private boolean isThere(RowKey key, byte[] bytes) {
        return cache.swap(key, bytes, bytes, deadline);
    }

    PosternException gaveUp(RowKey key) {
        return new PosternException("The row " + key + " changed each time that it was about to be written.");
    }
}
