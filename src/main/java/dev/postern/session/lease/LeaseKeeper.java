package dev.postern.session.lease;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.util.ArrayList;
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
            present = join();
        }
        long sent = nanoTime.getAsLong();
        boolean isOpen = grid.read(Deadline.in(terms.patience()))
                .flatMap(Holders::decode)
                .orElse(Holders.NONE)
                .isOpen(present);
        if (isOpen) {
            lease.extend(present, sent + terms.lease().toNanos());
            metrics.countRenewal();
        } else {
            lapse(present);
        }
    }

    private void lapse(String present) {
        lease.end();
        table.drop("", false);
        former.add(present);
        id = null;
        metrics.countLapse();
    }

    private String join() {
        changes = grid.changes();
        String joined = newIds.get();
        Set<String> left = Set.copyOf(former);
        remember(Optional.of(joined)); // before it is in the row: it answers for what others read there
        change(holders -> holders.without(left).and(joined));
        former.removeAll(left);
        id = joined;
        remember(Optional.of(joined));
        return joined;
    }

    private void remember(Optional<String> present) {
        List<String> all = new ArrayList<>(former);
        present.ifPresent(all::add);
        ids = List.copyOf(all);
    }

    /** Drops all copies and leaves the holders, as far as the grid answers. */
    void leave() {
        String present = id;
        lease.end();
        table.drop("", false);
        id = null;
        Set<String> all = new HashSet<>(former);
        if (present != null) {
            all.add(present);
        }
        if (!all.isEmpty()) {
            change(holders -> holders.without(all));
        }
    }

    /** A row that cannot be read is replaced: nobody can renew a lease by it. */
    private void change(UnaryOperator<Holders> change) {
        change(grid, change, Deadline.in(terms.patience()));
    }

    /** Changes the row by compare-and-set, until it stays. */
    static void change(LeaseGrid grid, UnaryOperator<Holders> change, Deadline deadline) {
        boolean isDone = false;
        while (!isDone) {
            Optional<byte[]> seen = grid.read(deadline);
            Holders present = seen.flatMap(Holders::decode).orElse(Holders.NONE);
            Holders next = change.apply(present);
            isDone = next.equals(present) || grid.replace(seen, next.encode(), deadline);
            if (!isDone && deadline.nanosLeft() == 0) {
                throw new PosternException("The nodes that hold copies of sessions change all the time.");
            }
        }
    }
}
