package dev.postern.hazelcast.map;

import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.Handle;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The credentials cache in a Hazelcast map. Only this class and {@link BatchSwaps} write rows to that map: they create
 * with {@code putIfAbsent} and change with {@code replace}. Each write sets the row's time to live
 * ({@link TtlWriter}), because a bare {@code replace} resets it to the map's default (D5).
 *
 * <p>Safe for concurrent use.
 */
public final class HazelcastCredentialsCache implements CredentialsCache {

    private final Supplier<IMap<String, Object>> map;
    private final GridCalls calls;
    private final ClusterClock clock;
    private final TtlWriter ttl;
    private final BatchSwaps batches;

    public HazelcastCredentialsCache(
            Supplier<IMap<String, Object>> map, GridCalls calls, ClusterClock clock, RowTtl lifetimes) {
        this.map = map;
        this.calls = calls;
        this.clock = clock;
        this.ttl = new TtlWriter(map, clock, lifetimes);
        this.batches = new BatchSwaps(map, calls, ttl);
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        try {
            Object value =
                    calls.read(() -> map.get().get(key.text()), () -> map.get().getAsync(key.text()), deadline);
            return Optional.ofNullable(value).map(MapValue::orForeign);
        } catch (PosternException e) {
            if (e.getCause() instanceof HazelcastSerializationException && exists(key, deadline)) {
                return Optional.of(MapValue.FOREIGN);
            }
            throw e;
        }
    }

    /** If the grid finds the key, the value is what cannot be read; otherwise the grid is broken (G11). */
    private boolean exists(RowKey key, Deadline deadline) {
        return calls.run(() -> map.get().containsKey(key.text()), deadline);
    }

    @Override
    public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        Set<String> names = keys.stream().map(RowKey::text).collect(Collectors.toSet());
        try {
            return rows(calls.run(() -> entries(names), deadline));
        } catch (PosternException e) {
            if (e.getCause() instanceof HazelcastSerializationException) { // the readable ones one by one
                return CredentialsCache.super.readAll(keys, deadline);
            }
            throw e;
        }
    }

    private Set<Map.Entry<String, Object>> entries(Set<String> keys) {
        return map.get().getAll(keys).entrySet();
    }

    @Override
    public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
        return rows(calls.run(() -> map.get().entrySet(of(user)), deadline));
    }

    @Override
    public Set<RowKey> keysOf(Handle user, Deadline deadline) {
        return calls.run(() -> map.get().keySet(of(user)), deadline).stream()
                .map(RowKey::new)
                .collect(Collectors.toSet());
    }

    private static Predicate<String, Object> of(Handle user) {
        return Predicates.between(
                "__key", RowKey.epoch(user).text(), RowKey.beyond(user).text());
    }

    /**
     * Makes two calls for each page: one for its keys, in their order, and one for the rows. One call for both would
     * need a comparator of ours, whose class every member would have to know (HZ-08).
     */
    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        SortedMap<RowKey, byte[]> rows = new TreeMap<>();
        String reached = key.text();
        boolean isEnd = false;
        while (!isEnd && rows.size() < most) {
            int missing = most - rows.size(); // a row may expire between the two calls
            Set<String> page = keysBehind(reached, missing, deadline);
            rows.putAll(rows(calls.run(() -> entries(page), deadline)));
            isEnd = page.size() < missing;
            reached = isEnd ? reached : Collections.max(page);
        }
        return rows;
    }

    private Set<String> keysBehind(String key, int most, Deadline deadline) {
        Predicate<String, Object> behind = Predicates.greaterThan("__key", key);
        return calls.run(() -> map.get().keySet(Predicates.pagingPredicate(behind, most)), deadline);
    }

    private static SortedMap<RowKey, byte[]> rows(Set<Map.Entry<String, Object>> entries) {
        SortedMap<RowKey, byte[]> rows = new TreeMap<>();
        entries.forEach(entry -> rows.put(new RowKey(entry.getKey()), MapValue.orForeign(entry.getValue())));
        return rows;
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        return calls.run(
                () -> map.get().putIfAbsent(key.text(), row, ttl.seconds(key, row), TimeUnit.SECONDS) == null,
                deadline);
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        boolean isWritten = calls.run(() -> write(key, seen, next), deadline);
        if (!isWritten && !Arrays.equals(seen, next)) {
            calls.metrics().countLostSwap();
        }
        return isWritten;
    }

    /** Most merged rows have the right time to live, and writing all again would keep the grid busy for long. */
    @Override
    public boolean retain(RowKey key, byte[] row, Deadline deadline) {
        return calls.run(() -> ttl.isKept(key, row), deadline) || swap(key, row, row, deadline);
    }

    private boolean write(RowKey key, byte[] seen, byte[] next) {
        if (!map.get().replace(key.text(), seen.length == 0 ? foreign(key) : seen, next)) {
            return false;
        }
        ttl.setAndVerify(key, next);
        return true;
    }

    /** The value that was read as {@link MapValue#FOREIGN}: a compare-and-set needs the value itself. */
    private Object foreign(RowKey key) {
        Object value = map.get().get(key.text());
        return value == null || value instanceof byte[] ? MapValue.FOREIGN : value;
    }

    @Override
    public void swapAll(Collection<CredentialsCache.Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        batches.swapAll(swaps, made, deadline);
    }
}
