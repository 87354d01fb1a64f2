package dev.postern.testing;

import dev.postern.session.CredentialsCache;
import dev.postern.session.Deadline;
import dev.postern.session.RowKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A credentials cache that counts what it is asked, lets the test act in between, and, when told so, applies a write and
 * denies it, as a grid does that loses the answer.
 *
 * <p>For one thread.
 */
public final class CountingCache implements CredentialsCache {

    private final CredentialsCache cache;
    private int reads;
    private int writes;
    private int denials;
    private boolean isActing;
    private Optional<Runnable> nextWrite = Optional.empty();
    private Optional<Runnable> everyWrite = Optional.empty();

    public CountingCache(CredentialsCache cache) {
        this.cache = cache;
    }

    public int reads() {
        return reads;
    }

    public int writes() {
        return writes;
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
    public Instant now() {
        return cache.now();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        reads++;
        return cache.read(key, deadline);
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        act();
        return answer(cache.create(key, row, deadline));
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        act();
        return answer(cache.swap(key, seen, next, deadline));
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
