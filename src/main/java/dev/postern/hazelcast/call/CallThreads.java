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
 * Daemon threads on which calls run that have no asynchronous form (HZ-04), or an expensive one, so that the caller can
 * leave in time. A call that has begun runs on when its caller has left, and its outcome is unknown.
 *
 * <p>Calls do not wait for one another. When a member dies, those that wait for its copy of a row stay for seconds, and
 * with few threads they keep all others out. With very many a member that wakes up after a long pause does so much at
 * once that it notices late that it was given up. Both were measured ({@code src/docs/project/faults.md}).
 *
 * <p>Threads that have nothing to do end, and all end when this is closed, so that none of them holds the application's
 * class loader. Safe for concurrent use.
 */
public final class CallThreads implements AutoCloseable {

    /** How many calls run at once. */
    static final int MOST = 64;

    /**
     * How many reads besides, where they run here at all. Those of a member that hangs stay for long, and more are
     * asked otherwise.
     */
    static final int MOST_READS = 16;

    private static final long IDLE_SECONDS = 10;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ThreadPoolExecutor calls;
    private final Optional<ThreadPoolExecutor> reads;

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
     * Lets the work begin.
     *
     * @throws PosternException when as much is under way already as may be, or after {@link #close()}
     */
    <T> FutureTask<T> begin(Callable<T> work) {
        try {
            return begin(calls, work);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // the latter when there is no thread to be had
            throw new PosternException("Too many calls wait for the grid already, or Postern is being stopped.", e);
        }
    }

    /**
     * Lets a read begin that has an asynchronous form as well, where that is more expensive than a thread of ours: on
     * one and two processors the common pool has no threads, and Hazelcast starts a new one for every answer. Empty if
     * it is to be asked that way.
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

    /** Ends the threads, and interrupts those that are still at work. A second call changes nothing. */
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
