package dev.postern.testing;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.throttle.FailureCount;
import dev.postern.session.throttle.FailureCountStore;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * The naive twin of the tallies in the grid: a map, and a clock that the test moves. It counts how often it is asked, and when
 * told so it is broken.
 *
 * <p>Safe for concurrent use.
 */
public final class InMemoryFailureCounts implements FailureCountStore {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Map<Handle, Kept> counts = new HashMap<>();
    private volatile Runnable beforeEachSwap = () -> {};
    private final AtomicReference<Runnable> beforeNextSwap = new AtomicReference<>(() -> {});
    private Instant now;
    private boolean isBroken;
    private boolean isContested;
    private int deadlines;
    private int reads;
    private int writes;

    private record Kept(FailureCount count, Instant end) {}

    public InMemoryFailureCounts(Instant start) {
        now = start;
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Deadline deadline() {
        deadlines++;
        return Deadline.in(PATIENCE);
    }

    @Override
    public synchronized Map<Handle, FailureCount> read(Collection<Handle> keys, Deadline deadline) {
        requireWhole();
        reads++;
        return keys.stream().collect(Collectors.toMap(key -> key, this::present));
    }

    @Override
    public Set<Handle> swap(Collection<FailureCountStore.CountSwap> swaps, Deadline deadline) {
        beforeEachSwap.run();
        beforeNextSwap.getAndSet(() -> {}).run();
        return make(swaps);
    }

    private synchronized Set<Handle> make(Collection<FailureCountStore.CountSwap> swaps) {
        requireWhole();
        writes++;
        return swaps.stream()
                .filter(this::make)
                .map(FailureCountStore.CountSwap::key)
                .collect(Collectors.toSet());
    }

    private boolean make(FailureCountStore.CountSwap swap) {
        boolean isMade = !isContested && present(swap.key()).equals(swap.seen());
        if (isMade) {
            counts.put(swap.key(), new Kept(swap.next(), now.plus(swap.life()).plusSeconds(1)));
        }
        return isMade;
    }

    private FailureCount present(Handle key) {
        Kept kept = counts.get(key);
        return kept == null || !now.isBefore(kept.end) ? FailureCount.NONE : kept.count;
    }

    /** Moves the clock on. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Has something done when the next swaps are about to be made: somebody else is quicker. */
    public void beforeNextSwap(Runnable deed) {
        beforeNextSwap.set(deed);
    }

    /** Has something done each time that swaps are about to be made: it takes time. */
    public void beforeEachSwap(Runnable deed) {
        beforeEachSwap = deed;
    }

    /** From now on every call fails, or works again. */
    public synchronized void setBroken(boolean isBroken) {
        this.isBroken = isBroken;
    }

    /** From now on somebody else is always quicker. */
    public synchronized void setContested() {
        isContested = true;
    }

    /** How many pieces of work have begun. */
    public synchronized int deadlines() {
        return deadlines;
    }

    public synchronized int reads() {
        return reads;
    }

    public synchronized int writes() {
        return writes;
    }

    /** Everything that stands in it. */
    public synchronized String text() {
        return counts.toString();
    }

    private void requireWhole() {
        if (isBroken) {
            throw new PosternException("The twin was told to be broken.");
        }
    }
}
