package dev.postern.hazelcast.setup;

import com.hazelcast.config.CacheDeserializedValues;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.PartitioningStrategyConfig;
import com.hazelcast.spi.merge.ExpirationTimeMergePolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the live configuration of the map of rows with what Postern needs. It may differ: the first configuration
 * that a cluster has for a map stays, and one from a file beats one that is added at run time (HZ-15).
 *
 * <p>For one thread.
 */
public final class MapConfigCheck {

    private static final String INDETERMINATE = "hazelcast.operation.fail.on.indeterminate.state";

    private final MapConfig live;
    private final MapConfigs wanted;
    private final List<Fault> faults = new ArrayList<>();

    private MapConfigCheck(MapConfig live, MapConfigs wanted) {
        this.live = live;
        this.wanted = wanted;
    }

    /** Every fault of the live map; empty if all is well. */
    static List<Fault> faults(Config config, MapConfigs wanted) {
        MapConfigCheck check = new MapConfigCheck(config.findMapConfig(wanted.sessions()), wanted);
        check.storage();
        check.lifetime();
        check.access();
        check.partitioning(config.getProperty("hazelcast.partitioning.strategy.class"));
        check.acknowledgement(config.getProperty(INDETERMINATE));
        return List.copyOf(check.faults);
    }

    private void storage() {
        if (live.getCacheDeserializedValues() != CacheDeserializedValues.NEVER) {
            warn("cache-deserialized-values is not NEVER: a member keeps each of its sessions twice");
        }
        if (live.getBackupCount() < wanted.backups()) {
            warn("backup-count is " + live.getBackupCount() + ", not " + wanted.backups()
                    + ": sessions are lost when more members than that stop at once");
        }
        if (live.getInMemoryFormat() != InMemoryFormat.BINARY) {
            danger("in-memory-format is " + live.getInMemoryFormat() + ", not BINARY: compare-and-set needs the bytes");
        }
        if (!isExpirationTime(live.getMergePolicyConfig().getPolicy())) {
            danger("merge-policy is " + live.getMergePolicyConfig().getPolicy()
                    + ", not ExpirationTimeMergePolicy: a merge can bring ended sessions back");
        }
        if (live.getEvictionConfig().getEvictionPolicy() != EvictionPolicy.NONE) {
            danger("eviction is " + live.getEvictionConfig().getEvictionPolicy()
                    + ", not NONE: it drops sessions, and the marks of ended ones");
        }
    }

    private void lifetime() {
        int seconds = live.getTimeToLiveSeconds();
        if (seconds == 0) {
            danger("time-to-live-seconds is 0, so that an interrupted write leaves a row for ever: set "
                    + wanted.seconds());
        } else if (seconds < wanted.seconds()) {
            warn("time-to-live-seconds is " + seconds + ", less than " + wanted.seconds()
                    + ": an interrupted write ends a session too early");
        } else if (seconds > wanted.seconds()) {
            warn("time-to-live-seconds is " + seconds + ", more than " + wanted.seconds()
                    + ": after an interrupted write a merge could bring an ended session back");
        }
        if (live.getMaxIdleSeconds() != 0) {
            danger("max-idle-seconds is " + live.getMaxIdleSeconds()
                    + ", not 0: sessions that are in use are lost when their member dies");
        }
    }

    private void access() {
        if (live.isReadBackupData()) {
            danger("read-backup-data is true: reads may show a session that has been ended");
        }
        if (live.getNearCacheConfig() != null) {
            danger("there is a near cache: reads may show a session that has been ended");
        }
        if (live.getIndexConfigs().stream()
                .noneMatch(index -> index.getType() == IndexType.SORTED
                        && index.getAttributes().equals(List.of("__key")))) {
            warn("there is no SORTED index on __key: listing a user's sessions reads the whole map");
        }
        if (!live.isStatisticsEnabled()) {
            warn("statistics-enabled is false: the number of sessions is unknown");
        }
    }

    /** With a strategy {@code setTtl} looks for a row in another partition than the one that holds it (HZ-05). */
    private void partitioning(@Nullable String everywhere) {
        PartitioningStrategyConfig own = live.getPartitioningStrategyConfig();
        if (own != null || (everywhere != null && !everywhere.isEmpty())) {
            danger("there is a partitioning strategy: the time to live of rows cannot be set");
        }
    }

    /** Without it the end of a session is reported as done although perhaps no backup has it (D6). */
    private void acknowledgement(@Nullable String isIndeterminateFailure) {
        if (!Boolean.parseBoolean(isIndeterminateFailure)) {
            warn(INDETERMINATE
                    + " is not true: a sign-out can be reported as done although no backup has it, and a merge"
                    + " then undoes it. See server-config");
        }
    }

    private static boolean isExpirationTime(String policy) {
        return policy.equals(ExpirationTimeMergePolicy.class.getSimpleName()) || policy.equals(MapConfigs.MERGE_POLICY);
    }

    private void warn(String what) {
        add(what, false);
    }

    private void danger(String what) {
        add(what, true);
    }

    private void add(String what, boolean isDangerous) {
        faults.add(new Fault("Hazelcast map " + wanted.sessions() + ": " + what + ".", isDangerous));
    }

    /**
     * A way in which the live configuration differs from what Postern needs.
     *
     * <p>Immutable.
     *
     * @param isDangerous whether sessions can be lost, or ended sessions can come back
     */
    public record Fault(String sentence, boolean isDangerous) {}
}
