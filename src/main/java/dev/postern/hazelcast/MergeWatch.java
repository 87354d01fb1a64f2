package dev.postern.hazelcast;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import dev.postern.session.CredentialsCache;
import dev.postern.session.MergeRule;
import dev.postern.session.RowKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each row that a merge has been at on this member, and has it repaired. Every member listens to the rows that it
 * owns itself: such a listener sees each of them once (D23), and needs no class of ours on other members (HZ-08).
 * Hazelcast's thread only hands the row on.
 *
 * <p>A member without the application repairs nothing, and neither does a client. Safe for concurrent use.
 */
final class MergeWatch implements EntryMergedListener<String, Object>, AutoCloseable {

    private static final Logger LOG = System.getLogger(MergeWatch.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final HazelcastInstance hazelcast;
    private final GridMaps maps;
    private final MergeRule rule;
    private final MergeRepair repair;
    private final Errands errands;
    private volatile @Nullable UUID listener;

    MergeWatch(HazelcastInstance hazelcast, GridMaps maps, CredentialsCache cache, MergeRule rule) {
        this.hazelcast = hazelcast;
        this.maps = maps;
        this.rule = rule;
        this.repair = new MergeRepair(cache, rule);
        this.errands = new Errands("postern-merge-" + maps.namespace() + "-", PAUSE, this::report);
    }

    /** Begins to listen, unless it does already. The map must be to be had, which needs a majority in a protected cluster. */
    void listenTo(IMap<String, Object> map) {
        if (listener == null) {
            register(map);
        }
    }

    private synchronized void register(IMap<String, Object> map) {
        if (listener == null) {
            listener = map.addLocalEntryListener(this);
        }
    }

    /** Hazelcast tells what was there and what stands since, but not what came: that is lost unless it stands. */
    @Override
    public void entryMerged(EntryEvent<String, Object> event) {
        Optional<byte[]> was = row(event::getOldValue);
        Optional<byte[]> stands = row(event::getValue);
        if (rule.isAtRisk(was, stands)) {
            MergedRow merged = new MergedRow(new RowKey(event.getKey()), rule.lasting(was, stands));
            errands.send(() -> repair.repair(merged));
        }
    }

    /** How the repairs went so far. */
    MergeRepairs repairs() {
        return new MergeRepairs(repair.kept(), repair.restored(), errands.lost());
    }

    @Override
    public synchronized void close() {
        UUID registered = listener;
        if (registered != null && hazelcast.getLifecycleService().isRunning()) {
            hazelcast.<String, Object>getMap(maps.sessions()).removeEntryListener(registered);
        }
        errands.close();
    }

    /** Something else than bytes is nothing that has to be kept (HZ-21). */
    private static Optional<byte[]> row(Supplier<@Nullable Object> value) {
        try {
            return value.get() instanceof byte[] row ? Optional.of(row) : Optional.empty();
        } catch (HazelcastSerializationException e) {
            return Optional.empty();
        }
    }

    private void report() {
        LOG.log(
                repairs().lost() == 0 ? Level.INFO : Level.WARNING,
                "Parts of the cluster have met. Since the start of this node: {0}",
                repairs());
    }
}
