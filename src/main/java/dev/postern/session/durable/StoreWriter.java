package dev.postern.session.durable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The thread that writes to the database: each half second, or at once when a batch waits. After a failure it waits
 * longer each time, at most five seconds. It also asks a database that did not answer whether it answers again.
 *
 * <p>Safe for concurrent use.
 */
final class StoreWriter implements AutoCloseable {

    static final Duration PAUSE = Duration.ofMillis(500);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);
    private static final long CLOSING_SECONDS = 6;
    private static final long DRAINING_MILLIS = 50;
    private static final Logger LOG = System.getLogger(StoreWriter.class.getName());

    /** A key behind all keys. */
    private static final RowKey END = new RowKey("~");

    private final WriteBehindFlusher flusher;
    private final DurableStore.Parts parts;
    private final Semaphore wakes = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    StoreWriter(WriteBehindFlusher flusher, DurableStore.Parts parts, String name) {
        this.flusher = flusher;
        this.parts = parts;
        this.thread = new DaemonThreads(name).newThread(this::run);
    }

    void start() {
        thread.start();
    }

    /** Ends the present pause, unless it follows a failure. */
    void wake() {
        wakes.release();
    }

    private void run() {
        try {
            Duration pause = PAUSE;
            while (!isClosedAfter(pause)) {
                pause = attempt(this::isFlushed) ? PAUSE : longer(pause);
            }
            drain(Deadline.in(PATIENCE));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosedAfter(Duration pause) throws InterruptedException {
        if (pause.equals(PAUSE)) {
            boolean unused = wakes.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
            wakes.drainPermits();
            return closed.getCount() == 0;
        }
        return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean isFlushed() {
        if (!parts.isAnswering()) {
            boolean unused = parts.rowsOfWriter()
                    .rowsBehind(END, 1, Deadline.in(PATIENCE))
                    .isEmpty();
        }
        return flusher.flush(() -> Deadline.in(PATIENCE));
    }

    /** Writes until nothing waits, or until a write fails. An end that the grid may take back is waited for. */
    private void drain(Deadline last) throws InterruptedException {
        while (attempt(() -> flusher.flush(() -> last)) && !flusher.isDone() && last.nanosLeft() > 0) {
            TimeUnit.MILLISECONDS.sleep(DRAINING_MILLIS);
        }
    }

    /** A failure must not end the thread. */
    private static boolean attempt(BooleanSupplier work) {
        try {
            return work.getAsBoolean();
        } catch (PosternException e) {
            LOG.log(Level.DEBUG, "The store does not answer.", e);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "The store could not be written.", e);
        }
        return false;
    }

    /** The pause after one more failure. */
    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /**
     * Writes what waits, and ends the thread. Waits for that a little more than six seconds at most. Idempotent.
     */
    @Override
    public void close() {
        closed.countDown();
        wakes.release();
        try {
            TimeUnit.SECONDS.timedJoin(thread, CLOSING_SECONDS);
            if (!thread.isAlive()) {
                drainHere();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void drainHere() throws InterruptedException {
        if (!flusher.isDone() && parts.isAnswering()) {
            drain(Deadline.in(LAST_PATIENCE));
        }
    }
}
