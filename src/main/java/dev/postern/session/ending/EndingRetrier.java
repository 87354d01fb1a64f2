package dev.postern.session.ending;

import dev.postern.PosternException;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Goes on ending the sessions that could not be ended, in the background: soon at first, then with longer and longer
 * pauses. Its one daemon thread is there only while something is left to do, and ends when this is closed.
 *
 * <p>Safe for concurrent use.
 */
public final class EndingRetrier implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    /** After so many failures in a round the grid is left alone for a while. */
    private static final int FAILURES = 4;

    private final PendingEndings pending;
    private final SessionTerminator terminator;
    private final RowStore rows;
    private final String name;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Thread> worker = Optional.empty();

    /** Ends what is pending. The name of its thread begins with {@code postern-endings-}. */
    public EndingRetrier(PendingEndings pending, SessionTerminator terminator, RowStore rows, String namespace) {
        this.pending = pending;
        this.terminator = terminator;
        this.rows = rows;
        this.name = "postern-endings-" + namespace;
    }

    /** From now on it works whenever there is something to do. */
    public EndingRetrier start() {
        pending.whenAdded(this::wake);
        return this;
    }

    /** Ends the thread, even if work is left. Idempotent. */
    @Override
    public void close() {
        try {
            for (Thread last : stop().stream().toList()) {
                last.join(CLOSING.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Thread> stop() {
        closed.countDown();
        worker.ifPresent(Thread::interrupt);
        return worker;
    }

    /** Without a loader of its own the thread would keep that of the request in which it was needed first (HZ-34). */
    private synchronized void wake() {
        if (closed.getCount() == 0 || worker.filter(Thread::isAlive).isPresent()) {
            return;
        }
        Thread thread = new Thread(null, this::work, name, 0, false);
        thread.setContextClassLoader(EndingRetrier.class.getClassLoader());
        thread.setDaemon(true);
        worker = Optional.of(thread);
        thread.start();
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        while (isNeeded() && !isClosedWithin(pause)) {
            pause = retry() ? FIRST_PAUSE : longer(pause);
        }
    }

    /** Tries each pending ending once, unless too many fail. Whether all sessions are ended. */
    public boolean retry() {
        int failures = 0;
        for (PendingEndings.Pending ending : pending.all()) {
            if (failures < FAILURES && !isFinished(rows.unitOfWork(), ending)) {
                failures++;
            }
        }
        return pending.isEmpty();
    }

    private boolean isFinished(UnitOfWork work, PendingEndings.Pending ending) {
        try {
            terminator.finish(work, ending);
            return true;
        } catch (PosternException e) {
            pending.putBack(ending, work.now());
            return false;
        }
    }

    /** False when there is nothing to do; then the next one who has something starts another thread. */
    private synchronized boolean isNeeded() {
        if (!pending.isEmpty()) {
            return true;
        }
        worker = Optional.empty();
        return false;
    }

    private boolean isClosedWithin(Duration pause) {
        try {
            return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
