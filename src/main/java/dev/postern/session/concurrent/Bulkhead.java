package dev.postern.session.concurrent;

import dev.postern.PosternException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how much work of a kind is done at once on this node, in all and for one client, and how many threads wait for
 * that (the bulkhead of Nygard, Release It).
 *
 * <p>Safe for concurrent use.
 */
public final class Bulkhead {

    /** How many threads wait at most, however soon their turns are expected. */
    static final int MOST_WAITING = 128;

    /** How much of the mean a single turn is. */
    private static final int MEMORY = 16;

    private final Limits limits;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Map<String, Usage> clients = new HashMap<>();
    private final Usage all = new Usage();
    private long meanNanos;

    /** Bounds work; a thread waits for its turn no longer than the patience. */
    public Bulkhead(Limits limits, Duration patience) {
        this.limits = limits;
        this.patience = patience;
    }

    /**
     * How many pieces of work are done at once, how many of them for one client, and how many more wait, in all and of
     * one client. More than that wait where their turns are expected soon, by what turns have taken: a crowd of quick
     * ones is no reason to refuse any.
     *
     * <p>Immutable.
     */
    public record Limits(int most, int mostOfOne, int waiting, int waitingOfOne, Duration soon) {}

    private static final class Usage {

        private int running;
        private int waiting;

        boolean isIdle() {
            return running == 0 && waiting == 0;
        }
    }

    /** A piece of work that may be done; it is over when this is closed. A second call changes nothing. */
    public final class Permit implements AutoCloseable {

        private final String client;
        private final long began = System.nanoTime();
        private boolean isOver;

        private Permit(String client) {
            this.client = client;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!isOver) {
                    isOver = true;
                    meanNanos += (System.nanoTime() - began - meanNanos) / MEMORY;
                    all.running--;
                    usage(client).running--;
                    drop(client);
                    left.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A turn for the client; empty when too many wait already, when none came in time, and when the thread is
     * interrupted.
     */
    public Optional<Permit> enter(String client) {
        lock.lock();
        try {
            Usage own = usage(client);
            if (!isFree(own) && !waits(own)) {
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

    /** Whether the turn came. */
    private boolean waits(Usage own) {
        if (!mayWait(own)) {
            return false;
        }
        all.waiting++;
        own.waiting++;
        try {
            Deadline deadline = Deadline.in(patience);
            while (!isFree(own)) {
                if (!left.await(deadline.nanosLeft(), TimeUnit.NANOSECONDS) && deadline.nanosLeft() <= 0) {
                    return isFree(own);
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            all.waiting--;
            own.waiting--;
        }
    }

    private boolean mayWait(Usage own) {
        boolean areFew = all.waiting < limits.waiting() && own.waiting < limits.waitingOfOne();
        return areFew
                || (all.waiting < MOST_WAITING && expected(own) <= limits.soon().toNanos());
    }

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

    /** Keeps nothing of a client that does nothing. */
    private void drop(String client) {
        if (usage(client).isIdle()) {
            clients.remove(client);
        }
    }

    /** Too many callers want the same work done for one user at this moment. It can be tried again soon. */
    public static final class BusyException extends PosternException {

        private static final long serialVersionUID = 1;

        /** One more caller has to come back. */
        public BusyException() {
            super("Too many requests list or end the sessions of this user at the same time. Try again.");
        }
    }
}
