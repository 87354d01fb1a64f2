package dev.postern.histories;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowFormat;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import dev.postern.testing.PassingCache;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A credentials cache that fails as told: each fault hits the next call of its kind. It never shows or brings back what was
 * before a tombstone, because that no rule over one row can mend; the grid's own tests are about that.
 *
 * <p>For one thread.
 */
final class FaultyCache extends PassingCache {

    private final Runnable overtaking;
    private final RowFormat format = new RowFormat();
    private final Deque<CallFault> writeFaults = new ArrayDeque<>();
    private final Map<RowKey, byte[]> former = new HashMap<>();
    private int staleReads;
    private int timesServedThePast;
    private int calls;

    FaultyCache(CredentialsCache cache, Runnable overtaking) {
        super(cache);
        this.overtaking = overtaking;
    }

    void inject(CallFault fault) {
        if (fault == CallFault.STALE_READ) {
            staleReads++;
        } else {
            writeFaults.add(fault);
        }
    }

    void heal() {
        writeFaults.clear();
        staleReads = 0;
    }

    int calls() {
        return calls;
    }

    /** How many reads were stale ones. */
    int timesServedThePast() {
        return timesServedThePast;
    }

    /** Takes the last change of a row back, as a merge may. False when there is none that could be taken back. */
    boolean rollBack(RowKey key, Deadline deadline) {
        byte[] before = former.remove(key);
        Optional<byte[]> present = super.read(key, deadline);
        return before != null
                && present.filter(row -> !isTombstone(row)).isPresent()
                && super.swap(key, present.get(), before, deadline);
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        calls++;
        Optional<byte[]> present = super.read(key, deadline);
        if (staleReads > 0
                && former.containsKey(key)
                && present.filter(row -> !isTombstone(row)).isPresent()) {
            staleReads--;
            timesServedThePast++;
            return Optional.of(former.get(key));
        }
        return present;
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        calls++;
        return super.rowsOf(user, deadline);
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        calls++;
        return super.rowsBehind(key, most, deadline);
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        calls++;
        return super.create(key, row, deadline);
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        calls++;
        CallFault fault = seen == next ? null : writeFaults.poll();
        if (fault == CallFault.FAILED) {
            throw new PosternException("The simulated grid failed.");
        }
        if (fault == CallFault.OVERTAKEN) {
            overtaking.run();
        }
        boolean isApplied = apply(key, seen, next, deadline);
        if (fault == CallFault.FAILED_AFTERWARDS) {
            throw new PosternException("The simulated grid failed afterwards.");
        }
        boolean isSilenced = fault == CallFault.ANSWER_LOST
                || (fault == CallFault.APPLIED_TWICE && !apply(key, seen, next, deadline));
        return isApplied && !isSilenced;
    }

    private boolean apply(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        boolean isApplied = super.swap(key, seen, next, deadline);
        if (isApplied && seen != next) {
            former.put(key, seen.clone());
        }
        return isApplied;
    }

    private boolean isTombstone(byte[] row) {
        return format.decode(row).orElse(null) instanceof Revoked;
    }
}
