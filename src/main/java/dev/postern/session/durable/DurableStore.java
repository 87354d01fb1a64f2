package dev.postern.session.durable;

import dev.postern.session.event.RateLimitedLog;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import java.lang.System.Logger;
import java.util.function.LongSupplier;

/**
 * The rows of one namespace in a grid and in a database, from the start of the application to its end. It puts the
 * parts together.
 *
 * <p>Safe for concurrent use.
 */
public final class DurableStore implements AutoCloseable {

    /** With so many rows waiting, ends of other nodes are not added. Those nodes write them. */
    private static final int MOST_HEARD = WriteBehind.MOST / 2;

    private static final Logger LOG = System.getLogger(DurableStore.class.getName());

    private final StoreMetrics metrics;
    private final WriteBehind queue = new WriteBehind();
    private final DurableCredentialsCache cache;
    private final WriteBehindFlusher flusher;
    private final StoreWriter writer;
    private final LongSupplier nanoTime;

    /**
     * Parts whose thread is not started yet.
     *
     * @param nanoTime a monotonic clock in nanoseconds
     */
    DurableStore(
            DurableRows database, CredentialsCache grid, RowTtl lifetimes, String threadName, LongSupplier nanoTime) {
        UnconfirmedEnds unconfirmed = new UnconfirmedEnds();
        DurabilityRule rule = new DurabilityRule(lifetimes);
        RateLimitedLog log = new RateLimitedLog(LOG, nanoTime);
        this.nanoTime = nanoTime;
        this.metrics = new StoreMetrics(queue, nanoTime);
        DurableRows rows = metrics.measured(database);
        FirstWrites first = new FirstWrites(rows, grid, rule, unconfirmed, nanoTime);
        RowRestorer restorer = new RowRestorer(rows, grid, rule, queue, metrics, log, nanoTime);
        this.cache = new DurableCredentialsCache(grid, rows, rule, first, queue, restorer, nanoTime);
        this.flusher = new WriteBehindFlusher(rows, grid, rule, first, queue, unconfirmed, log, nanoTime);
        this.writer = new StoreWriter(flusher, rows, metrics, threadName);
        queue.whenBatchWaits(writer::wake);
    }

    /**
     * Opens the store, and starts the thread that writes to it.
     *
     * @param database the rows of the grid's namespace
     * @param lifetimes with the codec that reads the rows
     */
    public static DurableStore open(
            DurableRows database, CredentialsCache grid, RowTtl lifetimes, String threadName) {
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
        if (queue.size() < MOST_HEARD) {
            queue.add(key, tombstone, nanoTime.getAsLong());
        }
    }

    public StoreMetrics metrics() {
        return metrics;
    }

    /** Whether the last call to the database was answered. */
    public boolean isAnswering() {
        return metrics.isAnswering();
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
