package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits the look-ups of rows in the database by this node: one at a time for each key, and {@value #MOST} in all.
 *
 * <p>Safe for concurrent use.
 */
final class Lookups {

    /** The most look-ups at once. Others wait until their deadline. */
    static final int MOST = 64;

    private final Semaphore permits = new Semaphore(MOST);
    private final Map<RowKey, Flight> flights = new ConcurrentHashMap<>();

    /** A look-up that is under way. */
    private static final class Flight {

        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean isDone;
    }

    /**
     * Looks the row up. If another thread is doing that already, this one waits for it and looks at the grid again.
     *
     * @param lookup restores the row to the grid, and returns it
     * @param again reads the row from the grid
     * @throws PosternException if the deadline passes, or if the look-up of the other thread fails
     */
    <T> T once(RowKey key, Supplier<T> lookup, Supplier<T> again, Deadline deadline) {
        Flight own = new Flight();
        Flight other = flights.putIfAbsent(key, own);
        if (other != null) {
            await(other, deadline);
            return again.get();
        }
        try {
            T found = limited(lookup, deadline);
            own.isDone = true;
            return found;
        } finally {
            flights.remove(key, own);
            own.over.countDown();
        }
    }

    private static void await(Flight flight, Deadline deadline) {
        if (!isInTime(() -> flight.over.await(deadline.nanosLeft(), TimeUnit.NANOSECONDS))) {
            throw new PosternException("The store did not answer another request for the same row in time.");
        }
        if (!flight.isDone) {
            throw new PosternException("The store did not answer another request for the same row.");
        }
    }

    /** Does the work, unless the deadline passes before there are fewer than {@value #MOST} look-ups. */
    <T> T limited(Supplier<T> work, Deadline deadline) {
        if (!isInTime(() -> permits.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS))) {
            throw new PosternException("Too many requests wait for the store.");
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private interface Wait {
        boolean ends() throws InterruptedException;
    }

    private static boolean isInTime(Wait wait) {
        try {
            return wait.ends();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PosternException("The wait for the store was interrupted.", e);
        }
    }
}
