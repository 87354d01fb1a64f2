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
 * Background work on the grid, done by a few threads of its own, by {@link Priority} and else in the order in which it
 * came. Work for which the grid is not ready is done again later, behind other waiting work, until it has failed too
 * often. The work that is not urgent is bounded; work that does not fit, or failed too often, is given up and counted.
 *
 * <p>The threads end when there is nothing to do for a while, and when this is closed. Safe for concurrent use.
 */
final class RepairQueue implements AutoCloseable {

    /** How much can wait before no more is taken whose turn is the last. */
    static final int WAITING = 100_000;

    /** How many run at once: one row that is moving between members must not hold up all others. */
    static final int THREADS = 8;

    /** How often a task is tried. */
    static final int TRIES = 60;

    private static final Logger LOG = System.getLogger(RepairQueue.class.getName());
    private static final long IDLE_SECONDS = 10;
    private static final long CLOSING_SECONDS = 5;

    private final Duration pause;
    private final ThreadPoolExecutor pool;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final LongAdder lost = new LongAdder();

    /**
     * Nothing to do yet.
     *
     * @param pause how long to leave the grid alone after it has failed
     * @param afterwards runs when all is done and nothing has come for a while, and at the end
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

    /** Has the work done soon, by another thread. It must be such that doing it twice does no harm. Never waits. */
    void send(Priority priority, Runnable work) {
        send(new Task(priority, sent.getAndIncrement(), 1, work, this::failed));
    }

    /** How many were given up. */
    long lost() {
        return lost.sum();
    }

    /** Ends the threads, and interrupts the work. A second call changes nothing. */
    @Override
    public void close() {
        pool.shutdownNow().forEach(waiting -> lost.increment());
        try {
            pool.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Runnable thread, Runnable afterwards) {
        running.incrementAndGet();
        thread.run();
        if (running.decrementAndGet() == 0) {
            afterwards.run();
        }
    }

    private void send(Task task) {
        if (task.priority() == Priority.TIME && pool.getQueue().size() >= WAITING) {
            lost.increment();
            return;
        }
        try {
            pool.execute(task);
        } catch (RejectedExecutionException closed) {
            lost.increment();
        }
    }

    private void failed(Task task, RuntimeException failure) {
        if (failure instanceof PosternException && task.tries() < TRIES) {
            LockSupport.parkNanos(pause.toNanos());
            send(task.again(sent.getAndIncrement()));
        } else {
            giveUp(failure);
        }
    }

    private void giveUp(RuntimeException failure) {
        lost.increment();
        LOG.log(Level.WARNING, "The repair of a row after a merge was given up.", failure);
    }

    /**
     * One try at a piece of work that waits for its turn: by its {@link Priority}, and else what came first.
     *
     * @param number how many were sent before
     * @param tries how many this makes
     * @param failed is told when the work throws
     */
    record Task(Priority priority, long number, int tries, Runnable work, BiConsumer<Task, RuntimeException> failed)
            implements Runnable, Comparable<Task> {

        @Override
        public void run() {
            try {
                work.run();
            } catch (RuntimeException e) {
                failed.accept(this, e);
            }
        }

        /** The next try, behind what else has come. */
        Task again(long number) {
            return new Task(priority, number, tries + 1, work, failed);
        }

        @Override
        public int compareTo(Task other) {
            int byTurn = priority.compareTo(other.priority);
            return byTurn != 0 ? byTurn : Long.compare(number, other.number);
        }
    }

    /** Which repairs come first. */
    enum Priority {
        /** A session that has ended may be accepted. */
        ENDED,

        /** A live session may be refused. */
        GONE,

        /** A row may be kept too short a time, which does no harm yet. */
        TIME
    }
}
