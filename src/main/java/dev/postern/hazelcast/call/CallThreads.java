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
 * <p>When a member dies, calls that wait for its copy of a row stay for seconds, and with few threads they would block
 * all others. With very many threads a member that wakes up after a long pause would be too busy to learn soon that the
 * others have dropped it. Both were measured ({@code src/docs/project/faults.md}).
 *
 * <p>If all threads are busy, a call waits for one for a moment: a burst of sign-ins is over in milliseconds. It does
 * not wait longer, because threads whose calls hang stay busy, and each call that waits keeps a thread of the server.
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

    /** How long a call waits for a thread at most. */
    static final Duration PATIENCE = Duration.ofMillis(250);

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
     * Begins the work. Waits for a thread until {@link #PATIENCE} or the deadline is over.
     *
     * @throws PosternException if all threads are busy until then, or after {@link #close()}
     */
    <T> FutureTask<T> begin(Callable<T> work, Deadline deadline) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            calls.execute(task);
        } catch (RejectedExecutionException e) {
            if (!isTakenSoon(task, deadline)) {
                throw tooMany(e);
            }
        } catch (OutOfMemoryError e) { // the system has no thread left
            throw tooMany(e);
        }
        return task;
    }

    /** Waits for a thread that has done its work and takes this task. A queue of this kind holds none itself. */
    private boolean isTakenSoon(Runnable task, Deadline deadline) {
        try {
            long patience = Math.min(PATIENCE.toNanos(), deadline.nanosLeft());
            return !calls.isShutdown() && calls.getQueue().offer(task, patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static PosternException tooMany(Throwable cause) {
        return new PosternException("Too many calls wait for the grid already, or Postern is being stopped.", cause);
    }

    /**
     * Begins a read that has an asynchronous form as well. Empty if the caller is to use that form: it is the cheaper
     * one, except on one and two processors. There the common pool has no threads, and Hazelcast starts a new thread
     * for every answer.
     */
    <T> Optional<Future<T>> beginRead(Callable<T> work) {
        try {
            return reads.map(pool -> {
                FutureTask<T> task = new FutureTask<>(work);
                pool.execute(task);
                return task;
            });
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            return Optional.empty();
        }
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
