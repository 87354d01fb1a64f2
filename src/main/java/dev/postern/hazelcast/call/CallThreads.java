package dev.postern.hazelcast.call;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.concurrent.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Daemon threads for calls that have no asynchronous form (HZ-04), or an expensive one, so that the caller can stop
 * waiting at its deadline. A call that has begun then runs on, and its outcome is unknown.
 *
 * <p>Calls do not queue. When a member dies, calls that wait for its copy of a row stay for seconds, and with few
 * threads they would block all others. With very many threads a member that wakes up after a long pause would be too
 * busy to learn soon that the others have dropped it. Both were measured ({@code src/docs/faults.md}).
 *
 * <p>Idle threads end after ten seconds, and all end when this is closed, so that none keeps the application's class
 * loader. Safe for concurrent use.
 */
public final class CallThreads implements AutoCloseable {

    /** How many calls run at once. */
    static final int MOST = 64;

    /**
     * How many reads run at once besides, where reads run here at all. Reads from a member that hangs stay for long;
     * further reads then use the asynchronous form.
     */
    static final int MOST_READS = 16;

    private static final long IDLE_SECONDS = 10;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ThreadPoolExecutor calls;
    private final Optional<ThreadPoolExecutor> reads;

    /** With threads for reads where the common pool has none. */
    public CallThreads(String namespace) {
        this(namespace, ForkJoinPool.getCommonPoolParallelism() <= 1);
    }

    /** With threads for reads, or without. */
    public CallThreads(String namespace, boolean hasReaders) {
        this.calls = pool("postern-grid-" + namespace + "-", MOST);
        this.reads = hasReaders ? Optional.of(pool("postern-reads-" + namespace + "-", MOST_READS)) : Optional.empty();
    }

    private static ThreadPoolExecutor pool(String name, int most) {
        return new ThreadPoolExecutor(
                0,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThreads.numbered(name),
                new ThreadPoolExecutor.AbortPolicy());
    }

    /**
     * Begins the work.
     *
     * @throws PosternException if all threads are busy, or after {@link #close()}
     */
    <T> FutureTask<T> begin(Callable<T> work) {
        try {
            return begin(calls, work);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter if the system has no thread left
            throw new PosternException("Too many calls wait for the grid already, or Postern is being stopped.", e);
        }
    }

    /**
     * Begins a read that has an asynchronous form as well. Empty if the caller is to use that form: it is the cheaper
     * one, except on one and two processors. There the common pool has no threads, and Hazelcast starts a new thread
     * for every answer.
     */
    <T> Optional<Future<T>> beginRead(Callable<T> work) {
        try {
            return reads.map(pool -> begin(pool, work));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    private static <T> FutureTask<T> begin(ThreadPoolExecutor pool, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        pool.execute(task);
        return task;
    }

    /** Ends the threads, and interrupts those that are busy. Idempotent. */
    @Override
    public void close() {
        reads.ifPresent(ThreadPoolExecutor::shutdownNow);
        calls.shutdownNow();
        Deadline deadline = Deadline.in(CLOSING);
        await(calls, deadline);
        reads.ifPresent(pool -> await(pool, deadline));
    }

    private static void await(ThreadPoolExecutor pool, Deadline deadline) {
        try {
            pool.awaitTermination(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
