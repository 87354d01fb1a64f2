package dev.postern.hazelcast.merge;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryMergedListener;
import dev.postern.hazelcast.call.MergeGate;
import dev.postern.hazelcast.map.MapValue;
import dev.postern.hazelcast.setup.MapConfigs;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.store.CredentialsCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each row that a merge has been at on this member, and has it repaired. Every member listens to the rows that
 * it owns itself: such a listener sees each of them once (D23), and needs no class of ours on other members (HZ-08).
 * Hazelcast's thread only hands the row on.
 *
 * <p>The rows that this member owned itself, and had to give up to another cluster, are brought in once more.
 *
 * <p>A member without the application repairs nothing, and neither does a client. Safe for concurrent use.
 */
public final class MergeListener implements EntryMergedListener<String, Object>, AutoCloseable {

    private static final Logger LOG = System.getLogger(MergeListener.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Supplier<HazelcastInstance> hazelcast;
    private final MapConfigs maps;
    private final RowMergeRule rule;
    private final MergeGate gate;
    private final MergeRepair repair;
    private final RepairQueue queue;
    private volatile @Nullable UUID listener;
    private volatile @Nullable UUID lifecycle;

    public MergeListener(
            Supplier<HazelcastInstance> hazelcast,
            MapConfigs maps,
            CredentialsCache cache,
            RowMergeRule rule,
            MergeGate gate) {
        this.hazelcast = hazelcast;
        this.maps = maps;
        this.rule = rule;
        this.gate = gate;
        this.repair = new MergeRepair(cache, rule);
        this.queue = new RepairQueue("postern-merge-" + maps.namespace() + "-", PAUSE, this::report);
    }

    /**
     * Begins to listen, unless it does already. The map must be to be had, which needs a majority in a protected
     * cluster.
     */
    public void listenTo(IMap<String, Object> map) {
        if (listener == null) {
            register(map);
        }
    }

    /** Another instance has taken the place of a stopped one, which nothing listens to yet. */
    public synchronized void instanceReplaced() {
        lifecycle = null;
        listener = null;
    }

    private synchronized void register(IMap<String, Object> map) {
        if (lifecycle == null) {
            lifecycle = hazelcast
                    .get()
                    .getLifecycleService()
                    .addLifecycleListener(new LocalRowSnapshot.Keeper(map, rule, gate, this::bringAgain));
        }
        if (listener == null) {
            listener = map.addLocalEntryListener(this);
        }
    }

    /** Hazelcast tells what was there and what stands since, but not what came: that is lost unless it stands. */
    @Override
    public void entryMerged(EntryEvent<String, Object> event) {
        Optional<byte[]> stands = MapValue.of(event::getValue);
        rule.toRewrite(new RowKey(event.getKey()), MapValue.of(event::getOldValue), stands)
                .ifPresent(row -> send(new RowKey(event.getKey()), row, stands));
    }

    private void send(RowKey key, byte[] row, Optional<byte[]> present) {
        boolean stands = present.filter(there -> Arrays.equals(there, row)).isPresent();
        RepairQueue.Priority priority = stands
                ? RepairQueue.Priority.TIME
                : rule.lasts(key, row) ? RepairQueue.Priority.ENDED : RepairQueue.Priority.GONE;
        queue.send(priority, () -> repair.repair(key, row, present));
    }

    private void bringAgain(LocalRowSnapshot own) {
        own.lasting().forEach(rows -> bringAgain(RepairQueue.Priority.ENDED, rows));
        own.live().forEach(rows -> bringAgain(RepairQueue.Priority.GONE, rows));
    }

    private void bringAgain(RepairQueue.Priority priority, Map<RowKey, byte[]> rows) {
        queue.send(priority, () -> repair.findLost(rows, this::send));
    }

    /** How the repairs went so far. */
    public MergeRepair.Counts repairs() {
        return new MergeRepair.Counts(repair.kept(), repair.restored(), queue.lost());
    }

    @Override
    public synchronized void close() {
        UUID waiting = lifecycle;
        UUID registered = listener;
        if (hazelcast.get().getLifecycleService().isRunning()) {
            if (waiting != null) {
                hazelcast.get().getLifecycleService().removeLifecycleListener(waiting);
            }
            if (registered != null) {
                hazelcast.get().<String, Object>getMap(maps.sessions()).removeEntryListener(registered);
            }
        }
        queue.close();
    }

    private void report() {
        LOG.log(
                repairs().lost() == 0 ? Level.INFO : Level.WARNING,
                "Parts of the cluster have merged. Repairs since the start of this node: {0}",
                repairs());
    }
}
