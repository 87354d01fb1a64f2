package dev.postern.session.throttle;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the failure counters of all nodes of a cluster.
 *
 * <p>{@link #read} and {@link #swap} throw {@link PosternException} when the cluster has not answered at the deadline.
 * A write may have happened nevertheless.
 *
 * <p>Safe for concurrent use.
 */
public interface FailureCountStore {

    /** The cluster's time, to the millisecond. */
    Instant now();

    /** Until when a piece of work that begins now may wait for the cluster. */
    Deadline deadline();

    /** The counters under these keys, in one call; {@link FailureCount#NONE} for a key without one. */
    Map<Handle, FailureCount> read(Collection<Handle> keys, Deadline deadline);

    /** Makes each compare-and-set whose counter is still the one that was seen. The keys of those that were made. */
    Set<Handle> swap(Collection<CountSwap> swaps, Deadline deadline);

    /**
     * A compare-and-set of one counter.
     *
     * <p>Immutable.
     *
     * @param life how long the next value is kept at least
     */
    record CountSwap(Handle key, FailureCount seen, FailureCount next, Duration life) {}
}
