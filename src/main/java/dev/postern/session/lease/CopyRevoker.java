package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Makes all other nodes drop copies, and waits until none of them can accept a request by one. A node that does not
 * answer is fenced: it cannot renew its lease any more, so a lease later it has none.
 *
 * <p>It is called after the write that the copies do not have. A node that becomes a holder later reads what was
 * written.
 *
 * <p>Safe for concurrent use.
 */
final class CopyRevoker {

    private static final Logger LOG = System.getLogger(CopyRevoker.class.getName());

    private final LeaseGrid grid;
    private final LeaseTerms terms;
    private final String self;
    private final Supplier<? extends Collection<String>> ownIds;
    private final LeaseMetrics metrics;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Wait> waits = new ConcurrentHashMap<>();

    CopyRevoker(
            LeaseGrid grid,
            LeaseTerms terms,
            String self,
            Supplier<? extends Collection<String>> ownIds,
            LeaseMetrics metrics) {
        this.grid = grid;
        this.terms = terms;
        this.self = self;
        this.ownIds = ownIds;
        this.metrics = metrics;
    }

    /** The nodes whose answer is awaited. */
    private static final class Wait {

        private final Set<String> missing;
        private final CountDownLatch all = new CountDownLatch(1);

        Wait(Set<String> missing) {
            this.missing = ConcurrentHashMap.newKeySet();
            this.missing.addAll(missing);
        }

        void answered(Collection<String> ids) {
            missing.removeAll(ids);
            if (missing.isEmpty()) {
                all.countDown();
            }
        }

        boolean isOver(Duration longest) {
            try {
                return all.await(longest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PosternException("The wait for other nodes to drop their copies was interrupted.", e);
            }
        }
    }

    /**
     * Returns when no other node has such a copy from before the call.
     *
     * @throws PosternException if the grid does not answer. Copies may be left then
     */
    void drop(Invalidation invalidation) {
        long began = System.nanoTime();
        Set<String> others = others();
        if (!others.isEmpty()) {
            long number = numbers.incrementAndGet();
            Wait wait = new Wait(others);
            waits.put(number, wait);
            try {
                grid.send(new LeaseMessage.Drop(self, number, invalidation).encode());
                if (!wait.isOver(terms.answer())) {
                    fence(wait);
                }
            } finally {
                waits.remove(number);
                metrics.waited(System.nanoTime() - began);
            }
        }
    }

    private Set<String> others() {
        Optional<byte[]> row = grid.read(Deadline.in(terms.patience()));
        Optional<Holders> holders = row.flatMap(Holders::decode);
        if (holders.isEmpty()) {
            waitForAll(row);
        }
        Set<String> others = new HashSet<>(holders.orElse(Holders.NONE).ids());
        others.removeAll(ownIds.get());
        return others;
    }

    /**
     * A row that is not there, or cannot be read, has no names, and no node can renew a lease by it. It may have been
     * lost. So the call waits until all leases must have ended. The next call finds a row.
     */
    private void waitForAll(Optional<byte[]> row) {
        boolean isOver = new Wait(Set.of(self)).isOver(terms.afterFence());
        boolean isWritten = !isOver && grid.replace(row, Holders.NONE.encode(), Deadline.in(terms.patience()));
        LOG.log(Level.DEBUG, "The row of the nodes that hold copies was missing. Written again: {0}", isWritten);
    }

    /**
     * Awaits those who have not answered: a late answer, or the end of their leases. Only those whose leases have ended
     * are taken out of the row. After a late answer a node may still accept other sessions, so the next call has to
     * find it.
     */
    private void fence(Wait wait) {
        Set<String> silent = Set.copyOf(wait.missing);
        boolean unused = LeaseKeeper.change(grid, holders -> holders.fenced(silent), Deadline.in(terms.patience()));
        metrics.countFenced(silent.size());
        if (!wait.isOver(terms.afterFence())) {
            Set<String> ended = Set.copyOf(wait.missing);
            unused = LeaseKeeper.change(grid, holders -> holders.without(ended), Deadline.in(terms.patience()));
        }
    }

    /** An answer has come. */
    void answered(LeaseMessage.Dropped answer) {
        Wait wait = answer.receiver().equals(self) ? waits.get(answer.number()) : null;
        if (wait != null) {
            wait.answered(answer.ids());
        }
    }
}
