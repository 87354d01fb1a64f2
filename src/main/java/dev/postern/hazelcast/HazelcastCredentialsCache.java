package dev.postern.hazelcast;

import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.query.Predicate;
import com.hazelcast.query.Predicates;
import dev.postern.PosternException;
import dev.postern.session.CredentialsCache;
import dev.postern.session.Deadline;
import dev.postern.session.Handle;
import dev.postern.session.RowKey;
import dev.postern.session.RowLifetimes;
import dev.postern.session.Swap;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The credentials cache in a Hazelcast map, and the only class that writes rows to that map. It creates with
 * {@code putIfAbsent} and changes with {@code replace}, and each write sets the row's time to live ({@link RowTimes}): a bare
 * {@code replace} would leave the map's default (D5).
 *
 * <p>Safe for concurrent use.
 */
final class HazelcastCredentialsCache implements CredentialsCache {

    /** On how many threads many swaps are made; the others stay free for single calls. */
    private static final int THREADS_FOR_MANY = 8;

    /** Of how many swaps the grid is asked at once whether others have written meanwhile. */
    private static final int SWAPS_AT_ONCE = 25;

    private final Supplier<IMap<String, Object>> map;
    private final GridCalls calls;
    private final GridClock clock;
    private final RowTimes times;

    HazelcastCredentialsCache(
            Supplier<IMap<String, Object>> map, GridCalls calls, GridClock clock, RowLifetimes lifetimes) {
        this.map = map;
        this.calls = calls;
        this.clock = clock;
        this.times = new RowTimes(map, clock, lifetimes);
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Optional<byte[]> read(RowKey key, Deadline deadline) {
        try {
            Object value = calls.ask(() -> map.get().getAsync(key.text()), deadline);
            return Optional.ofNullable(value).map(MapRow::orForeign);
        } catch (PosternException e) {
            if (e.getCause() instanceof HazelcastSerializationException && isThere(key, deadline)) {
                return Optional.of(MapRow.FOREIGN);
            }
            throw e;
        }
    }

    /** A grid that knows of the row is well, so it is the value that nobody can read; else the grid is broken (G11). */
    private boolean isThere(RowKey key, Deadline deadline) {
        return calls.run(() -> map.get().containsKey(key.text()), deadline);
    }

    @Override
    public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
        Set<String> names = keys.stream().map(RowKey::text).collect(Collectors.toSet());
        try {
            return rows(calls.run(() -> entries(names), deadline));
        } catch (PosternException e) {
            if (e.getCause() instanceof HazelcastSerializationException) { // one by one, for the sake of the others
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
        Predicate<String, Object> ofUser = Predicates.between(
                "__key", RowKey.first(user).text(), RowKey.beyond(user).text());
        return rows(calls.run(() -> map.get().entrySet(ofUser), deadline));
    }

    /** Two questions, because Hazelcast puts pages of keys in an order, and pages of entries only with code of ours. */
    @Override
    public SortedMap<RowKey, byte[]> rowsBehind(RowKey key, int most, Deadline deadline) {
        SortedMap<RowKey, byte[]> rows = new TreeMap<>();
        String reached = key.text();
        boolean isEnd = false;
        while (!isEnd && rows.size() < most) {
            int missing = most - rows.size(); // a row may run out between its key and itself
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
        entries.forEach(entry -> rows.put(new RowKey(entry.getKey()), MapRow.orForeign(entry.getValue())));
        return rows;
    }

    @Override
    public boolean create(RowKey key, byte[] row, Deadline deadline) {
        return calls.run(
                () -> map.get().putIfAbsent(key.text(), row, times.seconds(key, row), TimeUnit.SECONDS) == null,
                deadline);
    }

    @Override
    public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
        boolean isWritten = calls.run(() -> write(key, seen, next), deadline);
        if (!isWritten && !Arrays.equals(seen, next)) {
            calls.swapWasLost();
        }
        return isWritten;
    }

    /** Most rows that a merge has been at have their time: to write all again would keep the grid busy for long. */
    @Override
    public boolean retain(RowKey key, byte[] row, Deadline deadline) {
        return calls.run(() -> times.isKept(key, row), deadline) || swap(key, row, row, deadline);
    }

    private boolean write(RowKey key, byte[] seen, byte[] next) {
        if (!map.get().replace(key.text(), seen, next)) {
            return false;
        }
        times.keep(key, next);
        return true;
    }

    @Override
    public void swapAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
        Queue<Swap> left = new ConcurrentLinkedQueue<>(swaps);
        int threads = Math.min(swaps.size(), THREADS_FOR_MANY);
        calls.runSeveral(threads, () -> makeSome(left, made, deadline), deadline);
    }

    private void makeSome(Queue<Swap> left, Consumer<RowKey> made, Deadline deadline) {
        List<Swap> some = take(left);
        while (!some.isEmpty() && deadline.nanosLeft() > 0) {
            Map<RowKey, byte[]> written = new HashMap<>();
            for (Swap swap : some) {
                if (deadline.nanosLeft() > 0 && calls.make(() -> begin(swap), deadline)) {
                    written.put(swap.key(), swap.next());
                }
            }
            calls.make(() -> times.settle(written), deadline);
            written.keySet().forEach(made);
            some = take(left);
        }
    }

    private static List<Swap> take(Queue<Swap> left) {
        return Stream.generate(left::poll)
                .limit(SWAPS_AT_ONCE)
                .takeWhile(Objects::nonNull)
                .toList();
    }

    private boolean begin(Swap swap) {
        boolean isWritten = map.get().replace(swap.key().text(), swap.seen(), swap.next());
        if (isWritten) {
            times.set(swap.key(), swap.next());
        }
        return isWritten;
    }
}
