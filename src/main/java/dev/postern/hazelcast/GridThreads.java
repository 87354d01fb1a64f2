package dev.postern.hazelcast;

import dev.postern.PosternException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A few daemon threads on which calls run that have no asynchronous form (HZ-04), so that whoever asked can leave in
 * time. What nobody waits for any more is not started; what has been started runs on, and its outcome is unknown.
 *
 * <p>Threads that have nothing to do end, and all end when this is closed, so that none of them holds the application's
 * class loader. Safe for concurrent use.
 */
final class GridThreads implements AutoCloseable {

    /** How many calls run at once. */
    static final int THREADS = 16;

    /** How many more may wait for a thread. */
    static final int WAITING = 256;

    private static final long IDLE_SECONDS = 10;
    private static final long CLOSING_SECONDS = 5;

    private final ThreadPoolExecutor pool;

    GridThreads(String namespace) {
        this.pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                new GridThread("postern-grid-" + namespace + "-"),
                new ThreadPoolExecutor.AbortPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Lets the work begin as soon as a thread is free.
     *
     * @throws PosternException when too much is waiting already, or after {@link #close()}
     */
    <T> FutureTask<T> begin(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            pool.execute(task);
        } catch (RejectedExecutionException e) {
            throw new PosternException("Too many calls wait for the grid already, or Postern is being stopped.", e);
        }
        return task;
    }

    /** Says that nobody waits for the task any more. Changes nothing when it is done. */
    void abandon(FutureTask<?> task) {
        if (task.cancel(false)) {
            pool.remove(task);
        }
    }

    /** Ends the threads, and interrupts those that are still at work. A second call changes nothing. */
    @Override
    public void close() {
        pool.shutdownNow().forEach(GridThreads::cancel);
        try {
            pool.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void cancel(Runnable waiting) {
        if (waiting instanceof FutureTask<?> task) {
            task.cancel(false);
        }
    }
}
