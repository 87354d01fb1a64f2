package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Joins the holders, renews the lease, and ends it. One {@link #step} at a time.
 *
 * <p>A lease lasts from the <em>sending</em> of the read that renewed it, so it ends before a node that fences this one
 * after that read has waited for it. A node whose lease has ended joins under a new id, and leaves the old one.
 *
 * <p>For one thread, except {@link #ids}.
 */
final class LeaseKeeper {

    private final LeaseGrid grid;
    private final LeaseTerms terms;
    private final Lease lease;
    private final CopyTable table;
    private final Supplier<String> newIds;
    private final LongSupplier nanoTime;
    private final LeaseMetrics metrics;
    private final Set<String> former = new HashSet<>();
    private volatile @Nullable String id;
    private volatile List<String> ids = List.of();
    private Optional<Long> missedSince = Optional.empty();
    private int changes;

    LeaseKeeper(
            LeaseGrid grid,
            LeaseTerms terms,
            Lease lease,
            CopyTable table,
            Supplier<String> newIds,
            LongSupplier nanoTime,
            LeaseMetrics metrics) {
        this.grid = grid;
        this.terms = terms;
        this.lease = lease;
        this.table = table;
        this.newIds = newIds;
        this.nanoTime = nanoTime;
        this.metrics = metrics;
        this.changes = grid.changes();
    }

    /** All ids under which this node may be among the holders. Its copies are those of the last one alone. */
    List<String> ids() {
        return ids;
    }

    /**
     * Renews the lease, or joins.
     *
     * @throws PosternException if the grid does not answer. The lease goes on until its end
     */
    void step() {
        String present = id;
        if (present != null && (changes != grid.changes() || !lease.isValid(nanoTime.getAsLong()))) {
            lapse(present);
            present = null;
        }
        if (present == null) {
            present = isRowThere() ? join() : null;
        }
        if (present != null) {
            renew(present);
        }
    }

    private void renew(String present) {
        long sent = nanoTime.getAsLong();
        boolean isOpen = grid.read(Deadline.in(terms.patience()))
                .flatMap(Holders::decode)
                .orElse(Holders.NONE)
                .isOpen(present);
        if (isOpen) {
            lease.extend(sent + terms.lease().toNanos());
            metrics.countRenewal();
        } else {
            lapse(present);
        }
    }

    /** The order matters: first what is kept does not count, then it goes, and then the node may join again. */
    private void lapse(String present) {
        lease.end();
        table.dropAll();
        former.add(present);
        id = null;
        metrics.countLapse();
    }

    /**
     * A row that is not there may have been lost, with the names of others whose leases go on. To write another one
     * would hide that from a node that ends a session. So it is written when their leases must have ended.
     */
    private boolean isRowThere() {
        Optional<byte[]> row = grid.read(Deadline.in(terms.patience()));
        if (row.flatMap(Holders::decode).isPresent()) {
            missedSince = Optional.empty();
            return true;
        }
        long now = nanoTime.getAsLong();
        if (missedSince.isEmpty()) {
            missedSince = Optional.of(now);
        }
        return now - missedSince.get() > terms.afterFence().toNanos()
                && grid.replace(row, Holders.NONE.encode(), Deadline.in(terms.patience()));
    }

    /** The id is noted before it is in the row: this node answers for all that others may read there. */
    private String join() {
        changes = grid.changes();
        String joined = newIds.get();
        Set<String> left = Set.copyOf(former);
        former.add(joined);
        ids = List.copyOf(former);
        if (!change(holders -> holders.without(left).and(joined))) {
            throw new PosternException("The row of the nodes that hold copies is gone.");
        }
        former.clear();
        id = joined;
        ids = List.of(joined);
        return joined;
    }

    /** Drops all copies and leaves the holders, as far as the grid answers. */
    void leave() {
        String present = id;
        lease.end();
        table.dropAll();
        id = null;
        Set<String> all = new HashSet<>(former);
        if (present != null) {
            all.add(present);
        }
        if (!all.isEmpty()) {
            boolean unused = change(holders -> holders.without(all));
        }
    }

    private boolean change(UnaryOperator<Holders> change) {
        return change(grid, change, Deadline.in(terms.patience()));
    }

    /** Changes the row by compare-and-set, until it stays. False if there is none: no node can renew a lease then. */
    static boolean change(LeaseGrid grid, UnaryOperator<Holders> change, Deadline deadline) {
        do {
            Optional<byte[]> seen = grid.read(deadline);
            Optional<Holders> present = seen.flatMap(Holders::decode);
            if (present.isEmpty()) {
                return false;
            }
            Holders next = change.apply(present.get());
            if (next.equals(present.get()) || grid.replace(seen, next.encode(), deadline)) {
                return true;
            }
        } while (deadline.nanosLeft() > 0);
        throw new PosternException("The nodes that hold copies of sessions change all the time.");
    }
}
