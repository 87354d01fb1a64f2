package dev.postern.session.store;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.row.RowCodec;
import java.time.Duration;
import java.time.Instant;

/**
 * The credentials cache with its meaning: rows instead of bytes.
 *
 * <p>Safe for concurrent use.
 */
public final class RowStore {

    private static final Duration MOMENT = Duration.ofMillis(2);

    private final CredentialsCache cache;
    private final RowCodec codec;
    private final Duration patience;
    private final ClockJumpDetector watch;

    /**
     * The rows of a cache; one piece of work waits for the grid for {@code patience} at most, however often it asks.
     */
    public RowStore(CredentialsCache cache, RowCodec codec, Duration patience, ClockJumpDetector watch) {
        this.cache = cache;
        this.codec = codec;
        this.patience = patience;
        this.watch = watch;
    }

    /** The cluster's time. Does not ask the grid. */
    public Instant now() {
        return cache.now();
    }

    /** Waits until the cluster's clock shows that time: a moment, and no longer where it has gone back. */
    public void await(Instant time) {
        long start = System.nanoTime();
        while (cache.now().isBefore(time) && System.nanoTime() - start < MOMENT.toNanos()) {
            Thread.onSpinWait();
        }
    }

    public UnitOfWork unitOfWork() {
        Instant now = cache.now();
        return new UnitOfWork(cache, codec, Deadline.in(patience), new ClusterTime(now, watch.isSteady(now)));
    }
}
