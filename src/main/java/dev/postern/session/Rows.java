package dev.postern.session;

import java.time.Duration;

/**
 * The credentials cache with its meaning: rows instead of bytes.
 *
 * <p>Safe for concurrent use.
 */
public final class Rows {

    private final CredentialsCache cache;
    private final RowCodec codec;
    private final Duration patience;

    /** The rows of a cache; one piece of work waits for the grid for {@code patience} at most, however often it asks. */
    public Rows(CredentialsCache cache, RowCodec codec, Duration patience) {
        this.cache = cache;
        this.codec = codec;
        this.patience = patience;
    }

    Visit visit() {
        return new Visit(cache, codec, Deadline.in(patience));
    }
}
