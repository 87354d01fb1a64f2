package dev.postern.session.store;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.generation.ClockJumpDetector;
import dev.postern.session.generation.ClusterTime;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Revoked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Not the port: an adapter to a store implements {@link CredentialsCache}. This class stands between that port and the
 * use cases. It hands out a unit of work for each request, which makes rows of the cache's bytes.
 *
 * <p>Safe for concurrent use.
 */
public final class RowStore {

    private static final Duration LONGEST_SPIN = Duration.ofMillis(2);

    private final CredentialsCache cache;
    private final RowCodec codec;
    private final Duration patience;
    private final ClockJumpDetector clock;
    private final Overlay overlay;
    private final RowCopies copies;

    /** Tombstones of stored sessions that wait to be ended. Safe for concurrent use. */
    @FunctionalInterface
    public interface Overlay {

        /** The tombstone that the session reads as; empty if the session does not wait to be ended. */
        Optional<Revoked> tombstone(RowKey key, Active stored);
    }

    /**
     * The rows of a cache.
     *
     * @param patience how long one unit of work waits for the grid in all
     */
    public RowStore(CredentialsCache cache, RowCodec codec, Duration patience, ClockJumpDetector clock) {
        this(cache, codec, patience, clock, (key, stored) -> Optional.empty(), RowCopies.NONE);
    }

    private RowStore(
            CredentialsCache cache,
            RowCodec codec,
            Duration patience,
            ClockJumpDetector clock,
            Overlay overlay,
            RowCopies copies) {
        this.cache = cache;
        this.codec = codec;
        this.patience = patience;
        this.clock = clock;
        this.overlay = overlay;
        this.copies = copies;
    }

    /** The same rows, of which those in the overlay read as ended. */
    public RowStore with(Overlay pending) {
        return new RowStore(cache, codec, patience, clock, pending, copies);
    }

    /** The same rows, of which there are these copies: a write drops those that it makes wrong. */
    public RowStore with(RowCopies copies) {
        return new RowStore(cache, codec, patience, clock, overlay, copies);
    }

    /** The cluster's time. Does not ask the grid. */
    public Instant now() {
        return cache.now();
    }

    /** Waits until the cluster's clock shows that time, but for two milliseconds at most. */
    public void await(Instant time) {
        long start = System.nanoTime();
        while (cache.now().isBefore(time) && System.nanoTime() - start < LONGEST_SPIN.toNanos()) {
            Thread.onSpinWait();
        }
    }

    /** A new unit of work, whose deadline begins now. */
    public UnitOfWork unitOfWork() {
        Instant now = cache.now();
        return new UnitOfWork(
                cache, codec, overlay, copies, Deadline.in(patience), new ClusterTime(now, clock.isSteady(now)));
    }
}
