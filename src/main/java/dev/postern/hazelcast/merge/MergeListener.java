package dev.postern.hazelcast.merge;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
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
 * Sends rows that a merge may have damaged to the {@link RepairQueue}. It listens to two kinds of events:
 *
 * <ul>
 *   <li>Merged entries of the partitions that this member owns. A local listener sees each of them once (D23), and
 *       needs no class of ours on other members (HZ-08).
 *   <li>The begin and the end of a merge of this member itself. A merge stops without any report at the first row of
 *       which Hazelcast does not know whether its backups have it. That happens when another member merges too. So the
 *       member's own rows are copied before ({@link LocalRowSnapshot}), and looked for afterwards.
 * </ul>
 *
 * <p>Clients, and members without the application, repair nothing. Safe for concurrent use.
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
    private volatile @Nullable UUID entries;
    private volatile @Nullable UUID lifecycle;
    private volatile LocalRowSnapshot snapshot = LocalRowSnapshot.NONE;

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

    /** Registers with the map. Idempotent. In a protected cluster the map itself can be had in a majority only. */
    public void listenTo(IMap<String, Object> map) {
        if (entries == null) {
            register(map);
        }
    }

    /** Another instance has replaced one that stopped. {@link #listenTo} registers with its map. */
    public synchronized void instanceReplaced() {
        lifecycle = null;
        entries = null;
    }

    private synchronized void register(IMap<String, Object> map) {
        if (lifecycle == null) {
            lifecycle = hazelcast.get().getLifecycleService().addLifecycleListener(event -> stateChanged(event, map));
        }
        if (entries == null) {
            entries = map.addLocalEntryListener(this);
        }
    }

    /** The event has the row from before the merge and the stored one. A row that came and was rejected is unknown. */
    @Override
    public void entryMerged(EntryEvent<String, Object> event) {
        Optional<byte[]> stored = MapValue.of(event::getValue);
        rule.toRewrite(new RowKey(event.getKey()), MapValue.of(event::getOldValue), stored)
                .ifPresent(row -> submit(new RowKey(event.getKey()), row, stored));
    }

    private void submit(RowKey key, byte[] row, Optional<byte[]> stored) {
        boolean isStored = stored.filter(present -> Arrays.equals(present, row)).isPresent();
        RepairQueue.Priority priority = isStored
                ? RepairQueue.Priority.TIME
                : rule.lasts(key, row) ? RepairQueue.Priority.ENDED : RepairQueue.Priority.GONE;
        queue.submit(priority, () -> repair.repair(key, row, stored));
    }

    /** Runs on Hazelcast's thread, one event after the other. */
    private void stateChanged(LifecycleEvent event, IMap<String, Object> map) {
        switch (event.getState()) {
            case MERGING -> mergeBegins(map);
            case MERGED, MERGE_FAILED -> mergeEnds();
            default -> {}
        }
    }

    /**
     * Closes the gate before it copies, so that every row that was acknowledged is in the copy. Never throws, because
     * Hazelcast would then merge no rows.
     */
    private void mergeBegins(IMap<String, Object> map) {
        try {
            gate.close();
            snapshot = LocalRowSnapshot.of(map, rule);
        } catch (RuntimeException | OutOfMemoryError e) {
            snapshot = LocalRowSnapshot.NONE;
            LOG.log(Level.WARNING, "The rows of this node could not be copied before the merge.", e);
        }
    }

    private void mergeEnds() {
        gate.open();
        LocalRowSnapshot own = snapshot;
        snapshot = LocalRowSnapshot.NONE;
        own.lasting().forEach(rows -> submitLost(RepairQueue.Priority.ENDED, rows));
        own.live().forEach(rows -> submitLost(RepairQueue.Priority.GONE, rows));
    }

    private void submitLost(RepairQueue.Priority priority, Map<RowKey, byte[]> rows) {
        queue.submit(priority, () -> repair.findLost(rows, this::submit));
    }

    /** The counters of the repairs. */
    public MergeRepair.Counts repairs() {
        return new MergeRepair.Counts(repair.kept(), repair.restored(), queue.givenUp());
    }

    /** Removes the listeners, and ends the repairs. Idempotent. */
    @Override
    public synchronized void close() {
        UUID lifecycleListener = lifecycle;
        UUID entryListener = entries;
        if (hazelcast.get().getLifecycleService().isRunning()) {
            if (lifecycleListener != null) {
                hazelcast.get().getLifecycleService().removeLifecycleListener(lifecycleListener);
            }
            if (entryListener != null) {
                hazelcast.get().<String, Object>getMap(maps.sessions()).removeEntryListener(entryListener);
            }
        }
        queue.close();
    }

    private void report() {
        LOG.log(
                repairs().givenUp() == 0 ? Level.INFO : Level.WARNING,
                "Parts of the cluster have merged. Since the start of this node: {0}",
                repairs());
    }
}
