package dev.postern.session.durable;

import dev.postern.session.concurrent.DaemonThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * Threads of which only one runs at a time. Each stops at every {@link #pause}, and the test says which one goes on. So
 * a history of several requests at once is the same each time.
 *
 * <p>For the thread of one test, except for {@link #pause}.
 */
final class Turns implements AutoCloseable {

    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Turn> current = new ThreadLocal<>();

    private final List<Turn> all = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(new DaemonThreads("turn"));

    /** The node of the thread has crashed. */
    static final class CrashError extends Error {

        private static final long serialVersionUID = 1;
    }

    /** One of the threads. */
    final class Turn {

        private final Semaphore go = new Semaphore(0);
        private final Semaphore stopped = new Semaphore(0);
        private int left;
        private volatile boolean isKilled;
        private volatile boolean isOver;
        private volatile List<Throwable> failure = List.of();

        private void run(Runnable work) {
            current.set(this);
            go.acquireUninterruptibly();
            try {
                work.run();
            } catch (CrashError e) {
                isKilled = true;
            } catch (RuntimeException | Error e) {
                failure = List.of(e);
            }
            isOver = true;
            current.remove();
            stopped.release();
        }

        /** Whether it has come to its end. */
        boolean isOver() {
            return isOver;
        }

        /** Lets it run through so many of its pauses less one, and up to the next one or to its end. */
        void step(int pauses) {
            if (isOver) {
                return;
            }
            left = pauses;
            go.release();
            stopped.acquireUninterruptibly();
            for (Throwable fault : failure) {
                throw new AssertionError("A thread of the history failed: " + fault.getMessage(), fault);
            }
        }

        /** Lets it run up to its end. */
        void finish() {
            step(Integer.MAX_VALUE);
        }

        /** It goes no further: its next pause throws. */
        void kill() {
            isKilled = true;
            finish();
        }

        private void pause() {
            if (--left <= 0) {
                stopped.release();
                go.acquireUninterruptibly();
            }
            if (isKilled) {
                throw new CrashError();
            }
        }
    }

    /** Begins work on a thread of its own, which waits for its first step. */
    Turn begin(Runnable work) {
        Turn turn = new Turn();
        threads.execute(() -> turn.run(work));
        all.add(turn);
        return turn;
    }

    /** Stops the thread until its next step, if it is one of these. */
    void pause() {
        Turn turn = current.get();
        if (turn != null) {
            turn.pause();
        }
    }

    /** Whether this is one of the threads. */
    boolean isTurn() {
        return current.get() != null;
    }

    /** Those that have not come to their end. */
    List<Turn> running() {
        all.removeIf(Turn::isOver);
        return List.copyOf(all);
    }

    /** Ends all. */
    @Override
    public void close() {
        running().forEach(Turn::kill);
        threads.shutdown();
    }
}
