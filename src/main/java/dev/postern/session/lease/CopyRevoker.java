package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
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
     * @throws PosternException if the grid does not answer. Copies may be left then, for as long as leases last
     */
    void drop(String prefix, boolean isWhole) {
        long began = System.nanoTime();
        Set<String> others = others();
        if (!others.isEmpty()) {
            long number = numbers.incrementAndGet();
            Wait wait = new Wait(others);
            waits.put(number, wait);
            try {
                grid.send(new LeaseMessage.Drop(self, number, prefix, isWhole).encode());
                if (!wait.isOver(terms.answer())) {
                    fence(wait);
                }
            } finally {
                waits.remove(number);
                metrics.waited(System.nanoTime() - began);
            }
        }
    }

    /** A row that cannot be read, or was lost, names nobody: then all leases may still last as long as they do. */
    private Set<String> others() {
        Optional<Holders> holders = grid.read(Deadline.in(terms.patience())).flatMap(Holders::decode);
        Collection<String> own = ownIds.get();
        if (holders.isEmpty() && !own.isEmpty()) {
            boolean unused = new Wait(Set.of(self)).isOver(terms.afterFence());
        }
        Set<String> others = new HashSet<>(holders.orElse(Holders.NONE).ids());
        others.removeAll(own);
        return others;
    }

    /** Those who have not answered: an answer that comes late, or the end of their leases. */
    private void fence(Wait wait) {
        Set<String> silent = Set.copyOf(wait.missing);
        LeaseKeeper.change(grid, holders -> holders.fenced(silent), Deadline.in(terms.patience()));
        metrics.countFenced(silent.size());
        if (!wait.isOver(terms.afterFence())) {
            LeaseKeeper.change(
                    grid, holders -> holders.without(Set.copyOf(wait.missing)), Deadline.in(terms.patience()));
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
