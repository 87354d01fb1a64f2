package dev.postern.testing;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A credentials cache that counts what it is asked, lets the test act in between, and, when told so, applies a write and
 * denies it, as a grid does that loses the answer.
 *
 * <p>For one thread.
 */
public final class CountingCache extends PassingCache {

    private final Set<RowKey> hidden = new HashSet<>();
    private int reads;
    private int writes;
    private int denials;
    private boolean isActing;
    private Optional<Runnable> nextWrite = Optional.empty();
    private Optional<Runnable> everyWrite = Optional.empty();

    public CountingCache(CredentialsCache cache) {
        super(cache);
    }

    public int reads() {
        return reads;
    }

    public int writes() {
        return writes;
    }

    /** From now on the row is in no list, as one that is moving or elsewhere in a split. */
    public void hide(RowKey key) {
        hidden.add(key);
    }

    /** So many of the next writes are applied and answered with false. */
    public void denyNextWrites(int count) {
        denials = count;
    }

    /** Runs once, just before the next write is applied. */
    public void beforeNextWrite(Runnable action) {
        nextWrite = Optional.of(action);
    }

    /** Runs before each write that is not its own. */
    public void beforeEveryWrite(Runnable action) {
        everyWrite = Optional.of(action);
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        reads++;
        return super.read(key, deadline);
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        reads++;
        Map<RowKey, byte[]> rows = new HashMap<>(super.rowsOf(user, deadline));
        rows.keySet().removeAll(hidden);
        return rows;
    }

    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        reads++;
        return super.rowsBehind(key, most, deadline);
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        act();
        return answer(super.create(key, row, deadline));
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        act();
        return answer(super.swap(key, seen, next, deadline));
    }

    private void act() {
        writes++;
        Optional<Runnable> once = nextWrite;
        nextWrite = Optional.empty();
        once.ifPresent(Runnable::run);
        if (!isActing) {
            isActing = true;
            everyWrite.ifPresent(Runnable::run);
            isActing = false;
        }
    }

    private boolean answer(boolean applied) {
        if (denials > 0) {
            denials--;
            return false;
        }
        return applied;
    }
}
