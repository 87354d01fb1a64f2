package dev.postern.hazelcast;

import dev.postern.PosternException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads on which calls run that have no asynchronous form (HZ-04), so that whoever asked can leave in time. A call
 * that has begun runs on when nobody waits for it any more, and its outcome is unknown.
 *
 * <p>Calls do not wait for one another. When a member dies, those that wait for its copy of a row stay for seconds, and with few
 * threads they keep all others out. With very many a member that wakes up after a long pause does so much at once that it notices late
 * that it was given up. Both were measured ({@code src/docs/faults.md}).
 *
 * <p>Threads that have nothing to do end, and all end when this is closed, so that none of them holds the application's
 * class loader. Safe for concurrent use.
 */
final class GridThreads implements AutoCloseable {

    /** How many calls run at once. */
    static final int MOST = 64;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSING_SECONDS = 5;

    private final ThreadPoolExecutor pool;

    GridThreads(String namespace) {
        this.pool = new ThreadPoolExecutor(
                0,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new GridThread("postern-grid-" + namespace + "-"),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /**
     * Lets the work begin.
     *
     * @throws PosternException when as much is under way already as may be, or after {@link #close()}
     */
    <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            pool.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter when there is no thread to be had
            throw new PosternException("Too many calls wait for the grid already, or Postern is being stopped.", e);
        }
        return task;
    }

    /** Ends the threads, and interrupts those that are still at work. A second call changes nothing. */
    @Override
    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
