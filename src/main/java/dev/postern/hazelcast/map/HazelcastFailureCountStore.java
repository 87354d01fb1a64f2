package dev.postern.hazelcast.map;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.throttle.FailureCount;
import dev.postern.session.throttle.FailureCountStore;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tallies of failed sign-ins in a map of their own, to which only this class writes. A time to live that lands on a
 * tally which another node has written meanwhile is not repaired, unlike a row's (D21): at most a failure is forgotten
 * early.
 *
 * <p>Safe for concurrent use.
 */
public final class HazelcastFailureCountStore implements FailureCountStore {

    private final Supplier<IMap<String, Object>> map;
    private final GridCalls calls;
    private final ClusterClock clock;
    private final Duration patience;

    public HazelcastFailureCountStore(
            Supplier<HazelcastInstance> hazelcast, String mapName, GridCalls calls, Patience patience) {
        this.map = () -> hazelcast.get().getMap(mapName);
        boolean isMade = map.get() != null; // now, and not in a request (PY-09)
        assert isMade : "no map";
        this.calls = calls;
        this.clock = patience.clock;
        this.patience = patience.longest;
    }

    /** Whose clock counts, and how long a piece of work waits for the grid. */
    public record Patience(ClusterClock clock, Duration longest) {}

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Deadline deadline() {
        return Deadline.in(patience);
    }

    @Override
    public Map<Handle, FailureCount> read(Collection<Handle> keys, Deadline deadline) {
        Set<String> names = keys.stream().map(Handle::text).collect(Collectors.toSet());
        Map<String, Object> present = calls.run(() -> map.get().getAll(names), deadline);
        Map<Handle, FailureCount> counts = new HashMap<>();
        keys.forEach(key -> counts.put(key, count(present, key)));
        return counts;
    }

    private static FailureCount count(Map<String, Object> present, Handle key) {
        Object value = present.get(key.text());
        if (value == null) {
            return FailureCount.NONE;
        }
        return FailureCount.Codec.decode(MapValue.orForeign(value))
                .orElseThrow(() -> new PosternException("The counter of failed sign-ins " + key + " cannot be read."));
    }

    @Override
    public Set<Handle> swap(Collection<FailureCountStore.CountSwap> swaps, Deadline deadline) {
        return calls.run(() -> made(swaps), deadline);
    }

    private Set<Handle> made(Collection<FailureCountStore.CountSwap> swaps) {
        Set<Handle> made = new HashSet<>();
        for (FailureCountStore.CountSwap swap : swaps) {
            if (swap.seen().equals(FailureCount.NONE) ? create(swap) : replace(swap)) {
                made.add(swap.key());
            }
        }
        return made;
    }

    private boolean create(FailureCountStore.CountSwap swap) {
        return map.get()
                        .putIfAbsent(
                                swap.key().text(),
                                FailureCount.Codec.encode(swap.next()),
                                seconds(swap),
                                TimeUnit.SECONDS)
                == null;
    }

    private boolean replace(FailureCountStore.CountSwap swap) {
        String key = swap.key().text();
        boolean isMade =
                map.get().replace(key, FailureCount.Codec.encode(swap.seen()), FailureCount.Codec.encode(swap.next()));
        if (isMade) {
            boolean unused = map.get().setTtl(key, seconds(swap), TimeUnit.SECONDS);
        }
        return isMade;
    }

    /** Hazelcast counts in seconds; zero would mean for ever. */
    private static long seconds(FailureCountStore.CountSwap swap) {
        return Math.max(1, swap.life().plusNanos(999_999_999).toSeconds());
    }
}
