package dev.postern.session.concurrent;

import dev.postern.PosternException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Limits how many threads of this node do one kind of work at once, in all and for one client. It also limits how many
 * threads wait. (The bulkhead pattern: Nygard, Release It.)
 *
 * <p>Safe for concurrent use.
 */
public final class Bulkhead {

    /** The most threads that wait, even if they are expected to wait only briefly. */
    static final int MOST_WAITING = 128;

    /** The mean duration moves by this part of each difference. */
    private static final int MEAN_OF = 16;

    private final Limits limits;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    private final Map<String, Usage> clients = new HashMap<>();
    private final Usage all = new Usage();
    private long meanNanos;

    /** A bulkhead. A thread waits for a permit at most {@code patience}. */
    public Bulkhead(Limits limits, Duration patience) {
        this(limits, patience, System::nanoTime);
    }

    /** A bulkhead that measures how long permits take by this clock, in nanoseconds. */
    Bulkhead(Limits limits, Duration patience, LongSupplier nanoTime) {
        this.limits = limits;
        this.patience = patience;
        this.nanoTime = nanoTime;
    }

    /**
     * The limits of a bulkhead.
     *
     * <p>Immutable.
     *
     * @param most how many threads work at once
     * @param mostOfOne how many of them work for one client
     * @param waiting how many threads wait
     * @param waitingOfOne how many of them wait for one client
     * @param soon further threads wait if the mean duration promises each a permit within this time
     */
    public record Limits(int most, int mostOfOne, int waiting, int waitingOfOne, Duration soon) {}

    private static final class Usage {

        private int running;
        private int waiting;

        boolean isIdle() {
            return running == 0 && waiting == 0;
        }
    }

    /** The permission to work. The work is over when the permit is closed, which is idempotent. */
    public final class Permit implements AutoCloseable {

        private final String client;
        private final long began = nanoTime.getAsLong();
        private boolean isClosed;

        private Permit(String client) {
            this.client = client;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!isClosed) {
                    isClosed = true;
                    meanNanos += (nanoTime.getAsLong() - began - meanNanos) / MEAN_OF;
                    all.running--;
                    usage(client).running--;
                    drop(client);
                    released.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A permit for the client. Empty if too many threads wait already, if none was free in time, or if the thread is
     * interrupted.
     */
    public Optional<Permit> enter(String client) {
        lock.lock();
        try {
            Usage own = usage(client);
            if (!isFree(own) && !isFreeInTime(own)) {
                drop(client);
                return Optional.empty();
            }
            all.running++;
            own.running++;
            return Optional.of(new Permit(client));
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a free permit. False if there was none. */
    private boolean isFreeInTime(Usage own) {
        if (!mayWait(own)) {
            return false;
        }
        all.waiting++;
        own.waiting++;
        try {
            return isFreeWithin(patience.toNanos(), own);
        } finally {
            all.waiting--;
            own.waiting--;
        }
    }

    private boolean isFreeWithin(long nanos, Usage own) {
        try {
            long left = nanos;
            while (left > 0 && !isFree(own)) {
                left = released.awaitNanos(left);
            }
            return isFree(own);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean mayWait(Usage own) {
        boolean areFew = all.waiting < limits.waiting() && own.waiting < limits.waitingOfOne();
        return areFew
                || (all.waiting < MOST_WAITING && expected(own) <= limits.soon().toNanos());
    }

    /** How long a permit is expected to take, in nanoseconds. */
    private long expected(Usage own) {
        return Math.max(
                meanNanos * (all.waiting + 1) / limits.most(), meanNanos * (own.waiting + 1) / limits.mostOfOne());
    }

    private boolean isFree(Usage own) {
        return all.running < limits.most() && own.running < limits.mostOfOne();
    }

    private Usage usage(String client) {
        return clients.computeIfAbsent(client, any -> new Usage());
    }

    /** Forgets the client if no thread works or waits for it. */
    private void drop(String client) {
        if (usage(client).isIdle()) {
            clients.remove(client);
        }
    }

    /** For how many clients a thread works or waits. */
    int clients() {
        lock.lock();
        try {
            return clients.size();
        } finally {
            lock.unlock();
        }
    }

    /** Too many callers list or end the sessions of one user at once. The call can be retried soon. */
    public static final class BusyException extends PosternException {

        private static final long serialVersionUID = 1;

        public BusyException() {
            super("Too many requests list or end the sessions of this user at the same time. Try again.");
        }
    }
}
