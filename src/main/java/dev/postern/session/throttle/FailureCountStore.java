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
 * Where the tallies of failed sign-ins live, for all nodes of a cluster.
 *
 * <p>Reading and swapping throw {@link PosternException} when the grid has not answered at the deadline. A write may
 * have happened nevertheless.
 *
 * <p>Safe for concurrent use.
 */
public interface FailureCountStore {

    /** The cluster's time, to the millisecond. */
    Instant now();

    /** Until when a piece of work that begins now may wait for the grid. */
    Deadline deadline();

    /** The tallies under these keys, in one question; {@link FailureCount#NONE} where there is none. */
    Map<Handle, FailureCount> read(Collection<Handle> keys, Deadline deadline);

    /**
     * Makes each of these swaps, unless there is another tally by now than was seen. The keys of those that were made.
     */
    Set<Handle> swap(Collection<CountSwap> swaps, Deadline deadline);

    /**
     * One swap of a tally for the next one, which then stays for its life at least.
     *
     * <p>Immutable.
     */
    public record CountSwap(Handle key, FailureCount seen, FailureCount next, Duration life) {}
}
