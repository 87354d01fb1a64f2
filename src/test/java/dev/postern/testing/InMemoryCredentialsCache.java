package dev.postern.testing;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The naive twin of the credentials cache: a map, and a clock that the test moves. A row is gone when its time to live has
 * passed. When told so it is broken, and every call but {@link #now()} throws; or it forgets nothing, like a map whose
 * time to live was switched off.
 *
 * <p>Safe for concurrent use.
 */
public final class InMemoryCredentialsCache implements CredentialsCache {

    private final Map<String, Row> rows = new HashMap<>();
    private final RowTtl lifetimes;
    private Instant now;
    private Duration jumped = Duration.ZERO;
    private boolean isBroken;
    private boolean isForgetful = true;

    public InMemoryCredentialsCache(RowTtl lifetimes, Instant start) {
        this.lifetimes = lifetimes;
        this.now = start;
    }

    private static final class Row {
        private final byte[] bytes;
        private final Instant end;

        Row(byte[] bytes, Instant end) {
            this.bytes = bytes.clone();
            this.end = end;
        }
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized Optional<byte[]> read(RowKey key, Deadline deadline) {
        return present(key).map(row -> row.bytes.clone());
    }

    @Override
    public synchronized Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return all(key -> key.compareTo(RowKey.epoch(user)) >= 0 && key.compareTo(RowKey.beyond(user)) < 0);
    }

    @Override
    public synchronized SortedMap<RowKey, byte[]> rowsBehind(RowKey start, int most, Deadline deadline) {
        SortedMap<RowKey, byte[]> behind = all(key -> key.compareTo(start) > 0);
        return behind.size() <= most
                ? behind
                : behind.headMap(List.copyOf(behind.keySet()).get(most));
    }

    private SortedMap<RowKey, byte[]> all(Predicate<RowKey> wanted) {
        requireWhole();
        SortedMap<RowKey, byte[]> found = new TreeMap<>();
        List.copyOf(rows.keySet()).stream()
                .map(RowKey::new)
                .filter(wanted)
                .forEach(key -> present(key).ifPresent(row -> found.put(key, row.bytes.clone())));
        return found;
    }

    @Override
    public synchronized boolean create(RowKey key, byte[] row, Deadline deadline) {
        if (present(key).isPresent()) {
            return false;
        }
        write(key, row);
        return true;
    }

    @Override
    public synchronized boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        if (present(key).filter(row -> Arrays.equals(row.bytes, seen)).isEmpty()) {
            return false;
        }
        write(key, next);
        return true;
    }

    /** What the machine's own clock shows while the cluster's runs evenly. */
    public synchronized long nanoTime() {
        return Duration.between(Instant.EPOCH, now.minus(jumped)).toNanos();
    }

    /** Lets the cluster's clock jump, but not the machine's own. */
    public synchronized void jump(Duration time) {
        now = now.plus(time);
        jumped = jumped.plus(time);
    }

    /** Sets the clock. */
    public synchronized void setNow(Instant now) {
        this.now = now;
    }

    /** Moves the clock on. */
    public synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** From now on every call fails, or works again. */
    public synchronized void setBroken(boolean isBroken) {
        this.isBroken = isBroken;
    }

    /** From now on rows stay for ever. */
    public synchronized void neverForget() {
        isForgetful = false;
    }

    /** Loses rows, as a cluster does that loses too many of its nodes. */
    public synchronized void lose(Predicate<RowKey> lost) {
        rows.keySet().removeIf(key -> lost.test(new RowKey(key)));
    }

    /** How long the row will still be kept; nothing when there is none. */
    public synchronized Optional<Duration> timeLeft(RowKey key) {
        return present(key).map(row -> Duration.between(now, row.end));
    }

    private Optional<Row> present(RowKey key) {
        requireWhole();
        return Optional.ofNullable(rows.get(key.text())).filter(row -> !isForgetful || now.isBefore(row.end));
    }

    private void requireWhole() {
        if (isBroken) {
            throw new PosternException("The twin was told to be broken.");
        }
    }

    private void write(RowKey key, byte[] bytes) {
        rows.put(key.text(), new Row(bytes, now.plus(lifetimes.timeToLive(key, bytes, now))));
    }
}
