package dev.postern.hazelcast.merge;

import com.hazelcast.core.LifecycleEvent;
import com.hazelcast.core.LifecycleListener;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.postern.hazelcast.call.MergeGate;
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
import java.util.function.Consumer;

/**
 * The rows that a member owns when it is about to give them up to another cluster, in batches: those that say that
 * something has ended, and the live ones. In the lesser part of a protected cluster they cannot be read any more, and
 * none are kept.
 *
 * <p>Holds the rows of the member in its heap once more. Immutable.
 */
record LocalRowSnapshot(List<Map<RowKey, byte[]>> lasting, List<Map<RowKey, byte[]>> live) {

    static final LocalRowSnapshot NONE = new LocalRowSnapshot(List.of(), List.of());

    private static final int BATCH = 200;
    private static final Logger LOG = System.getLogger(LocalRowSnapshot.class.getName());

    /** The merge waits while rows are read. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

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
                LOG.log(Level.WARNING, "This node has too many rows to keep all of them for a merge.");
            }
        } catch (SplitBrainProtectionException e) {
            LOG.log(
                    Level.DEBUG,
                    "This node is in the smaller part of a cluster with split-brain protection, and"
                            + " keeps no rows for the merge.",
                    e);
        }
        return new LocalRowSnapshot(lasting.made, live.made);
    }

    private static Set<String> next(Iterator<String> keys) {
        Set<String> next = new HashSet<>();
        while (keys.hasNext() && next.size() < BATCH) {
            next.add(keys.next());
        }
        return next;
    }

    /** One value that cannot be read must not hide the others. */
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

        private final List<Map<RowKey, byte[]>> made = new ArrayList<>();

        void add(RowKey key, byte[] row) {
            if (made.isEmpty() || made.get(made.size() - 1).size() == BATCH) {
                made.add(new HashMap<>());
            }
            made.get(made.size() - 1).put(key, row);
        }
    }

    /**
     * Keeps the rows of this member when it has to give them up to another cluster, and hands them on when the merge is
     * over. A merge ends with the first row of which Hazelcast does not know whether its backups have it, which happens
     * when another member is being merged as well; the rest is lost then, without any report.
     *
     * <p>Hazelcast calls it on the thread that merges, and merges no rows when this throws. For that one thread.
     */
    static final class Keeper implements LifecycleListener {

        private static final Logger LOG = System.getLogger(Keeper.class.getName());

        private final IMap<String, Object> map;
        private final RowMergeRule rule;
        private final MergeGate gate;
        private final Consumer<LocalRowSnapshot> next;
        private volatile LocalRowSnapshot own = LocalRowSnapshot.NONE;

        Keeper(IMap<String, Object> map, RowMergeRule rule, MergeGate gate, Consumer<LocalRowSnapshot> next) {
            this.map = map;
            this.rule = rule;
            this.gate = gate;
            this.next = next;
        }

        @Override
        public void stateChanged(LifecycleEvent event) {
            switch (event.getState()) {
                case MERGING -> keep();
                case MERGED, MERGE_FAILED -> {
                    gate.open();
                    LocalRowSnapshot kept = own;
                    own = LocalRowSnapshot.NONE;
                    next.accept(kept);
                }
                default -> {}
            }
        }

        /** Nothing may be acknowledged any more that is not among the rows. */
        private void keep() {
            try {
                gate.close();
                own = LocalRowSnapshot.of(map, rule);
            } catch (RuntimeException | OutOfMemoryError e) {
                own = LocalRowSnapshot.NONE;
                LOG.log(Level.WARNING, "The rows of this node cannot be kept for the merge.", e);
            }
        }
    }
}
