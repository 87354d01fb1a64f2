package dev.postern.session.ending;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Retries pending endings in the background, with back-off. Its one daemon thread runs only while an ending is pending,
 * and ends at the latest when the retrier is closed.
 *
 * <p>Safe for concurrent use.
 */
public final class EndingRetrier implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(4);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    /** After this many failures a round stops until the next pause is over. */
    private static final int MOST_FAILURES = 4;

    private final PendingEndings pending;
    private final SessionTerminator terminator;
    private final RowStore rows;
    private final String name;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<Thread> worker = Optional.empty();

    /**
     * A retrier that is not started yet.
     *
     * @param rows the rows of the sessions
     * @param namespace part of the thread's name, after {@code postern-endings-}
     */
    public EndingRetrier(PendingEndings pending, SessionTerminator terminator, RowStore rows, String namespace) {
        this.pending = pending;
        this.terminator = terminator;
        this.rows = rows;
        this.name = "postern-endings-" + namespace;
    }

    /** From now on each added ending starts the thread, unless it runs. */
    public EndingRetrier start() {
        pending.whenAdded(this::wake);
        return this;
    }

    /** Ends the thread, even if endings are pending. Waits for it at most five seconds. Idempotent. */
    @Override
    public void close() {
        try {
            for (Thread last : stop().stream().toList()) {
                last.join(LONGEST_CLOSE.toMillis());
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

    private synchronized void wake() {
        if (closed.getCount() == 0 || worker.filter(Thread::isAlive).isPresent()) {
            return;
        }
        Thread thread = new DaemonThreads(name).newThread(this::retryUntilDone);
        worker = Optional.of(thread);
        thread.start();
    }

    private void retryUntilDone() {
        Duration pause = FIRST_PAUSE;
        while (isNeeded() && !isClosedWithin(pause)) {
            pause = retryAfter(pause);
        }
    }

    /** Retries after a pause. Returns the next one: twice as long if endings are left, but four seconds at most. */
    Duration retryAfter(Duration pause) {
        return retry() ? FIRST_PAUSE : longer(pause);
    }

    /** Retries each pending ending once, unless too many fail. Returns whether none is pending afterwards. */
    public boolean retry() {
        int failures = 0;
        for (PendingEndings.Pending ending : pending.all()) {
            if (failures < MOST_FAILURES && !isEnded(rows.unitOfWork(), ending)) {
                failures++;
            }
        }
        return pending.isEmpty();
    }

    private boolean isEnded(UnitOfWork work, PendingEndings.Pending ending) {
        try {
            terminator.endPending(work, ending);
            return true;
        } catch (PosternException e) {
            pending.putBack(ending, work.now());
            return false;
        }
    }

    /** Whether an ending is pending. If none is, the thread ends, and the next added ending starts another. */
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
