package dev.postern.http.websocket;

import dev.postern.session.concurrent.DaemonThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The few daemon threads that check and close sockets. An idle thread ends, and all end when this is closed.
 *
 * <p>Safe for concurrent use.
 */
final class SocketScheduler implements AutoCloseable {

    private static final Logger LOG = System.getLogger(SocketScheduler.class.getName());

    private static final int THREADS = 4;
    private static final long IDLE_SECONDS = 10;

    private final ScheduledThreadPoolExecutor pool =
            new ScheduledThreadPoolExecutor(THREADS, new DaemonThreads("postern-sockets"));

    SocketScheduler() {
        pool.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        pool.allowCoreThreadTimeOut(true);
        pool.setRemoveOnCancelPolicy(true);
        pool.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the work after the delay, unless the result is cancelled before. Null after {@link #close()}. */
    @Nullable
    ScheduledFuture<?> in(Duration delay, Runnable work) {
        try {
            return pool.schedule(() -> attempt(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "The application stops, and its sockets are closed with it.");
            return null;
        }
    }

    /** The number of waiting tasks. */
    int waiting() {
        return pool.getQueue().size();
    }

    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A WebSocket is no longer looked after.", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        DaemonThreads.await(pool);
    }
}
