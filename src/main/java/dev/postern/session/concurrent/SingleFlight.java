package dev.postern.session.concurrent;

import dev.postern.PosternException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits one kind of work of this node: one at a time for each key, and a number in all.
 *
 * <p>Safe for concurrent use.
 *
 * @param <K> the type of the keys
 */
public final class SingleFlight<K> {

    private final int most;
    private final String who;
    private final Semaphore permits;
    private final Map<K, Flight> flights = new ConcurrentHashMap<>();

    /**
     * A limit.
     *
     * @param most how many work at once; others wait until their deadline
     * @param who whose answer is awaited, for the exceptions: the begin of a sentence
     */
    public SingleFlight(int most, String who) {
        this.most = most;
        this.who = who;
        this.permits = new Semaphore(most);
    }

    /** Work that is under way. */
    private static final class Flight {

        private final CountDownLatch over = new CountDownLatch(1);
        private volatile boolean isDone;
    }

    /**
     * Does the work. If another thread is doing it for the same key, this one waits for that.
     *
     * @param others what this thread returns after it has waited
     * @throws PosternException if the deadline passes, or if the work of the other thread fails
     */
    public <T> T once(K key, Supplier<T> work, Supplier<T> others, Deadline deadline) {
        Flight own = new Flight();
        Flight other = flights.putIfAbsent(key, own);
        if (other != null) {
            await(other, deadline);
            return others.get();
        }
        try {
            T result = limited(work, deadline);
            own.isDone = true;
            return result;
        } finally {
            flights.remove(key, own);
            own.over.countDown();
        }
    }

    private void await(Flight flight, Deadline deadline) {
        if (!isInTime(() -> flight.over.await(deadline.nanosLeft(), TimeUnit.NANOSECONDS))) {
            throw new PosternException(who + " did not answer another request for the same in time.");
        }
        if (!flight.isDone) {
            throw new PosternException(who + " did not answer another request for the same.");
        }
    }

    /** Does the work, unless the deadline passes while too many others work. */
    public <T> T limited(Supplier<T> work, Deadline deadline) {
        if (!isInTime(() -> permits.tryAcquire(deadline.nanosLeft(), TimeUnit.NANOSECONDS))) {
            throw new PosternException(who + " has too many requests to answer.");
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    /** Whether any thread works. */
    public boolean isBusy() {
        return permits.availablePermits() < most;
    }

    private interface Wait {
        boolean ends() throws InterruptedException;
    }

    private boolean isInTime(Wait wait) {
        try {
            return wait.ends();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PosternException(who + " was awaited, and the wait was interrupted.", e);
        }
    }
}
