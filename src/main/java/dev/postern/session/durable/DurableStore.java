package dev.postern.session.durable;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import java.lang.System.Logger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The rows of one namespace in a grid and in a database, from the start of the application to its end. It puts the
 * parts together.
 *
 * <p>Safe for concurrent use.
 */
public final class DurableStore implements AutoCloseable {

    private static final Logger LOG = System.getLogger(DurableStore.class.getName());

    /** For how long a request waits for one answer of the database at least. Its time for the grid is another one. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Ends by others are added while fewer rows wait. So the other half is for what this node has written. */
    private static final int MOST_HEARD = WriteBehind.MOST / 2;

    private final Parts parts;
    private final DurableCredentialsCache cache;
    private final WriteBehindFlusher flusher;
    private final StoreWriter writer;

    /**
     * What the classes of this package share.
     *
     * <p>Safe for concurrent use.
     *
     * @param rows for requests: a call waits for {@link #PATIENCE} at least, or not at all if others wait for a
     *     database that does not answer
     * @param rowsOfWriter for the writer: a call waits until its deadline
     */
    record Parts(
            CredentialsCache grid,
            DurableRows rows,
            DurableRows rowsOfWriter,
            DurabilityRule rule,
            WriteBehind queue,
            UnconfirmedEnds unconfirmed,
            RecentWrites recent,
            StoreMetrics metrics,
            WriteBreaker breaker,
            RateLimitedLog log,
            LongSupplier nanoTime) {

        /** The time of the monotonic clock, in nanoseconds. */
        long now() {
            return nanoTime.getAsLong();
        }

        /** Whether that is so long ago that the grid may have lost rows since, or a node undone a tombstone. */
        boolean isSlow(long began) {
            return now() - began > UnconfirmedEnds.SLOW.toNanos();
        }

        /** Whether the database answers reads and writes, as far as this node knows. */
        boolean isAnswering() {
            return metrics.isReadable() && breaker.isAnswering();
        }

        /**
         * The deadline for the grid, which waits for the database extend.
         *
         * @param waited for how many nanoseconds the thread had waited for the database before
         */
        Deadline after(Deadline deadline, long waited) {
            return deadline.after(Duration.ofNanos(metrics.nanosWaited() - waited));
        }

        /** The row for the database; empty if the bytes are none that it has. */
        Optional<DurableRow> row(RowKey key, byte[] bytes) {
            return rule.row(key, bytes, grid.now());
        }

        /** See {@link DurabilityRule#tombstone}. */
        DurableRow tombstone(RowKey key, Optional<byte[]> seen, byte[] bytes) {
            return rule.tombstone(key, seen, bytes, grid.now());
        }
    }

    /**
     * Parts whose thread is not started yet.
     *
     * @param nanoTime a monotonic clock in nanoseconds
     */
    DurableStore(
            DurableRows database, CredentialsCache grid, RowTtl lifetimes, String threadName, LongSupplier nanoTime) {
        WriteBehind queue = new WriteBehind();
        StoreMetrics metrics = new StoreMetrics(queue, nanoTime);
        WriteBreaker breaker = new WriteBreaker();
        this.parts = new Parts(
                grid,
                breaker.of(metrics.ofRequests(database, PATIENCE)),
                breaker.of(metrics.ofWriter(database)),
                new DurabilityRule(lifetimes),
                queue,
                new UnconfirmedEnds(),
                new RecentWrites(),
                metrics,
                breaker,
                new RateLimitedLog(LOG, nanoTime),
                nanoTime);
        RowRestorer restorer = new RowRestorer(parts);
        BulkEnds bulk = new BulkEnds(parts);
        this.cache = new DurableCredentialsCache(parts, new FirstWrites(parts, bulk), bulk, restorer);
        this.flusher = new WriteBehindFlusher(parts, restorer);
        this.writer = new StoreWriter(flusher, parts, threadName);
        queue.whenBatchWaits(writer::wake);
    }

    /**
     * Opens the store, and starts the thread that writes to it.
     *
     * @param database the rows of the grid's namespace
     * @param lifetimes with the codec that reads the rows
     */
    public static DurableStore open(DurableRows database, CredentialsCache grid, RowTtl lifetimes, String threadName) {
        DurableStore store = new DurableStore(database, grid, lifetimes, threadName, System::nanoTime);
        store.writer.start();
        return store;
    }

    /** The rows of the grid and of the database as one. */
    public CredentialsCache cache() {
        return cache;
    }

    /**
     * Writes the end of a session of which this node has heard. The node that ended it may have no database, while an
     * application is given one node by node.
     */
    public void heard(RowKey key, byte[] tombstone) {
        if (parts.queue().size() < MOST_HEARD) {
            parts.queue().addEnd(key, tombstone, Optional.empty(), parts.now());
        }
    }

    public StoreMetrics metrics() {
        return parts.metrics();
    }

    /** Whether the database answers reads and writes, as far as this node knows. */
    public boolean isAnswering() {
        return parts.isAnswering();
    }

    /** Writes what waits, as the thread does that {@link #open} starts. */
    WriteBehindFlusher flusher() {
        return flusher;
    }

    /** Writes what waits, at most for five seconds, and ends the thread. Idempotent. */
    @Override
    public void close() {
        writer.close();
    }
}
