package dev.postern.jdbc;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRows;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * The one way to call the database: on daemon threads of this library. So a call is never part of the application's
 * transaction, and the caller can stop waiting at its deadline.
 *
 * <p>A call that has begun then runs on, and its outcome is unknown. Its thread and its connection stay busy until the
 * driver returns: {@link StoreConnection} bounds that. A call that has not begun is dropped. Threads and waiting calls
 * are limited in number.
 *
 * <p>No thread is interrupted: H2 closes the file of a database whose thread is.
 *
 * <p>Every failure becomes a {@link PosternException}, and a {@link DurableRows.RefusedException} if the database has
 * answered. Safe for concurrent use.
 */
final class StoreCalls implements AutoCloseable {

    /** How many calls run at once. Each has a connection. */
    static final int MOST = 8;

    /** How many calls wait for a thread. */
    private static final int MOST_WAITING = 512;

    /** After a restart of the database the pool may have so many dead connections that were ours. */
    private static final int MOST_DEAD = MOST;

    private static final long IDLE_SECONDS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(16);

    private final DataSource source;
    private final ThreadPoolExecutor threads;
    private volatile boolean hasQueryTimeout;

    /** Calls by connections of this data source, on threads whose names have the namespace. */
    StoreCalls(DataSource source, String namespace) {
        this(source, namespace, MOST_WAITING);
    }

    StoreCalls(DataSource source, String namespace, int mostWaiting) {
        this.source = source;
        this.threads = new ThreadPoolExecutor(
                MOST,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(mostWaiting),
                DaemonThreads.numbered("postern-store-" + namespace + "-"));
        threads.allowCoreThreadTimeOut(true);
    }

    /** What a call does with its connection, where each statement is a transaction. It may be done several times. */
    @FunctionalInterface
    interface Work<T> {

        T on(StoreConnection connection) throws SQLException;
    }

    /** From now on the database gives up a statement soon after its deadline. */
    void setQueryTimeouts() {
        hasQueryTimeout = true;
    }

    /**
     * Does the work, and waits for it until the deadline. The work is done once more if it has lost a race against
     * another call, or if its connection was dead. A pool that has no connection is not asked again.
     */
    <T> T call(Work<T> work, Deadline deadline) {
        FutureTask<T> task = new FutureTask<>(() -> repeat(work, deadline));
        begin(task);
        try {
            return task.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            drop(task);
            throw new PosternException("The store did not answer in time.", e);
        } catch (InterruptedException e) {
            drop(task);
            Thread.currentThread().interrupt();
            throw new PosternException("The wait for the store was interrupted.", e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    private void begin(FutureTask<?> task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException | OutOfMemoryError e) { // an error if the system has no thread left
            throw new PosternException("Too many calls wait for the store already, or Postern is being stopped.", e);
        }
    }

    /** A task that runs is not interrupted. */
    private void drop(FutureTask<?> task) {
        task.cancel(false);
        threads.remove(task);
    }

    private <T> T repeat(Work<T> work, Deadline deadline) throws SQLException {
        Attempts attempts = new Attempts(deadline);
        while (true) {
            try (StoreConnection connection = StoreConnection.open(source, deadline, hasQueryTimeout)) {
                return work.on(connection);
            } catch (SQLException e) {
                attempts.requireAnother(e);
            }
            attempts.pause();
        }
    }

    /** How often work is done until it succeeds. For one thread. */
    private static final class Attempts {

        private final Deadline deadline;
        private Duration pause = FIRST_PAUSE;
        private int dead;

        Attempts(Deadline deadline) {
            this.deadline = deadline;
        }

        /** Throws the failure if doing the work once more does not help, or if there is no time for it. */
        void requireAnother(SQLException failure) throws SQLException {
            boolean isDead = SqlState.isDeadConnection(failure);
            dead += isDead ? 1 : 0;
            boolean helps = isDead ? dead <= MOST_DEAD : SqlState.isLostRace(failure);
            if (!helps || deadline.nanosLeft() < pause.toNanos()) {
                throw failure;
            }
        }

        void pause() {
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
        }
    }

    private static PosternException failed(Throwable cause) {
        if (cause instanceof PosternException known) {
            return known;
        }
        return cause instanceof SQLException e && SqlState.isRefusal(e)
                ? new DurableRows.RefusedException(message(cause), cause)
                : unavailable(cause);
    }

    /** The failure of a call that the database has not answered. */
    static PosternException unavailable(Throwable cause) {
        return new PosternException(message(cause), cause);
    }

    private static String message(Throwable cause) {
        return "The store failed: " + firstLine(cause);
    }

    /** What the database said, without the lines in which it repeats the statement. */
    static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    int threads() {
        return threads.getPoolSize();
    }

    int waiting() {
        return threads.getQueue().size();
    }

    /** Refuses further calls, and waits for those that have begun, at most five seconds. Idempotent. */
    @Override
    public void close() {
        threads.shutdown();
        DaemonThreads.await(threads);
        threads.getQueue().clear();
    }
}
