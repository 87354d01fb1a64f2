package dev.postern.hazelcast.merge;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * The retry queue of merge repairs. It has eight daemon threads, which take tasks by {@link Priority}, and of one
 * priority the oldest first. A task that fails because the grid is not ready goes behind the others, up to 60 attempts.
 * At most 100,000 tasks of the last priority wait. A task that fails too often or does not fit is given up and counted.
 *
 * <p>Idle threads end after ten seconds, and all end when this is closed. Safe for concurrent use.
 */
final class RepairQueue implements AutoCloseable {

    /** How many tasks may wait before a task of the last priority is given up. */
    static final int WAITING = 100_000;

    /** How many tasks run at once: a row that moves between members must not block all others. */
    static final int THREADS = 8;

    /** How often a task is attempted. */
    static final int ATTEMPTS = 60;

    private static final Logger LOG = System.getLogger(RepairQueue.class.getName());
    private static final long IDLE_SECONDS = 10;

    private final Duration pause;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong submitted = new AtomicLong();
    private final LongAdder givenUp = new LongAdder();

    /**
     * An empty queue.
     *
     * @param pause how long a thread waits after a failed attempt
     * @param afterwards runs when the last thread ends: after the last task and an idle time, or when this is closed
     */
    RepairQueue(String name, Duration pause, Runnable afterwards) {
        this.pause = pause;
        DaemonThreads threads = DaemonThreads.numbered(name);
        this.pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                work -> threads.newThread(() -> run(work, afterwards)),
                new ThreadPoolExecutor.AbortPolicy());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Adds a task, which must be idempotent. Never waits. */
    void submit(Priority priority, Runnable work) {
        submit(new Task(priority, submitted.getAndIncrement(), 1, work, this::failed));
    }

    /** How many tasks were given up. */
    long givenUp() {
        return givenUp.sum();
    }

    /** Ends the threads, interrupts the running tasks, and gives up the waiting ones. Idempotent. */
    @Override
    public void close() {
        pool.shutdownNow().forEach(waiting -> givenUp.increment());
        DaemonThreads.await(pool);
    }

    private void run(Runnable thread, Runnable afterwards) {
        running.incrementAndGet();
        thread.run();
        if (running.decrementAndGet() == 0) {
            afterwards.run();
        }
    }

    private void submit(Task task) {
        if (task.priority() == Priority.TIME && pool.getQueue().size() >= WAITING) {
            givenUp.increment();
            return;
        }
        try {
            pool.execute(task);
        } catch (RejectedExecutionException closed) {
            givenUp.increment();
        }
    }

    private void failed(Task task, RuntimeException failure) {
        if (failure instanceof PosternException && task.attempts() < ATTEMPTS) {
            LockSupport.parkNanos(pause.toNanos());
            submit(task.again(submitted.getAndIncrement()));
        } else {
            giveUp(failure);
        }
    }

    private void giveUp(RuntimeException failure) {
        givenUp.increment();
        LOG.log(Level.WARNING, "A repair after a merge was given up.", failure);
    }

    /**
     * One attempt of a repair.
     *
     * @param number how many tasks were submitted before
     * @param attempts how many attempts there are with this one
     * @param failed is called if the work throws
     */
    record Task(Priority priority, long number, int attempts, Runnable work, BiConsumer<Task, RuntimeException> failed)
            implements Runnable, Comparable<Task> {

        @Override
        public void run() {
            try {
                work.run();
            } catch (RuntimeException e) {
                failed.accept(this, e);
            }
        }

        /** The next attempt, behind the tasks that wait. */
        Task again(long number) {
            return new Task(priority, number, attempts + 1, work, failed);
        }

        @Override
        public int compareTo(Task other) {
            int byPriority = priority.compareTo(other.priority);
            return byPriority != 0 ? byPriority : Long.compare(number, other.number);
        }
    }

    /** Which repairs come first, by what goes wrong without them. */
    enum Priority {
        /** An ended session may be accepted. */
        ENDED,

        /** A live session is refused, because its row is gone. */
        GONE,

        /** A row may expire too early, which does no harm yet. */
        TIME
    }
}
