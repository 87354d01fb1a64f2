package dev.postern.session.lease;

import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of the leases of this node.
 *
 * <p>Safe for concurrent use.
 */
public final class LeaseMetrics {

    private final LongAdder renewals = new LongAdder();
    private final LongAdder lapses = new LongAdder();
    private final LongAdder fences = new LongAdder();
    private final LongAccumulator longestWait = new LongAccumulator(Math::max, 0);

    void countRenewal() {
        renewals.increment();
    }

    void countLapse() {
        lapses.increment();
    }

    void countFenced(int nodes) {
        fences.add(nodes);
    }

    void waited(long nanos) {
        longestWait.accumulate(nanos);
    }

    /** How often the lease was renewed. */
    public long renewals() {
        return renewals.sum();
    }

    /** How often the lease ended because it was not renewed in time, or was fenced. */
    public long lapses() {
        return lapses.sum();
    }

    /** How many nodes this one has fenced because they did not answer. */
    public long fences() {
        return fences.sum();
    }

    /** The longest that the end of a session has waited for other nodes, in nanoseconds. */
    public long longestWait() {
        return longestWait.get();
    }
}
