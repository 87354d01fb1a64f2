package dev.postern.hazelcast.merge;

import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.postern.hazelcast.map.MapValue;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A copy of the rows that this member owns, taken when it is told to merge, in batches. It holds them in the heap a
 * second time. It is empty in a minority under Hazelcast's split-brain protection, where reads fail.
 *
 * <p>Immutable.
 *
 * @param lasting tombstones and epochs
 * @param live live rows
 */
record LocalRowSnapshot(List<Map<RowKey, byte[]>> lasting, List<Map<RowKey, byte[]>> live) {

    static final LocalRowSnapshot NONE = new LocalRowSnapshot(List.of(), List.of());

    private static final int BATCH = 200;
    private static final Logger LOG = System.getLogger(LocalRowSnapshot.class.getName());

    /** Hazelcast's merge waits while the rows are read. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Reads the rows of this member, as many as it can in 15 seconds. */
    static LocalRowSnapshot of(IMap<String, Object> map, RowMergeRule rule) {
        Batches lasting = new Batches();
        Batches live = new Batches();
        Deadline deadline = Deadline.in(PATIENCE);
        try {
            Iterator<String> keys = map.localKeySet().iterator();
            while (keys.hasNext() && deadline.nanosLeft() > 0) {
                read(map, next(keys)).forEach((name, value) -> {
                    RowKey key = new RowKey(name);
                    MapValue.of(() -> value)
                            .filter(row -> rule.isReadable(key, row))
                            .ifPresent(row -> (rule.lasts(key, row) ? lasting : live).add(key, row));
                });
            }
            if (keys.hasNext()) {
                LOG.log(Level.WARNING, "This node has too many rows to copy all of them before a merge.");
            }
        } catch (SplitBrainProtectionException e) {
            LOG.log(Level.DEBUG, "This node is in the minority of a protected cluster.", e);
        }
        return new LocalRowSnapshot(lasting.all, live.all);
    }

    private static Set<String> next(Iterator<String> keys) {
        Set<String> next = new HashSet<>();
        while (keys.hasNext() && next.size() < BATCH) {
            next.add(keys.next());
        }
        return next;
    }

    /** If one value cannot be deserialized, the rows are read one by one. */
    private static Map<String, Object> read(IMap<String, Object> map, Set<String> keys) {
        try {
            return map.getAll(keys);
        } catch (HazelcastSerializationException e) {
            Map<String, Object> readable = new HashMap<>();
            keys.forEach(key -> MapValue.of(() -> map.get(key)).ifPresent(row -> readable.put(key, row)));
            return readable;
        }
    }

    private static final class Batches {

        private final List<Map<RowKey, byte[]>> all = new ArrayList<>();

        void add(RowKey key, byte[] row) {
            if (all.isEmpty() || all.get(all.size() - 1).size() == BATCH) {
                all.add(new HashMap<>());
            }
            all.get(all.size() - 1).put(key, row);
        }
    }
}
