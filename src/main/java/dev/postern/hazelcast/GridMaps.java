package dev.postern.hazelcast;

import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.spi.merge.ExpirationTimeMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import java.time.Duration;

/**
 * The maps of a namespace as Postern wants them: two of its own, so that no other data of the cluster is touched.
 *
 * <p>Immutable.
 */
record GridMaps(String namespace, int backups, Duration defaultTimeToLive) {

    static final String MERGE_POLICY = ExpirationTimeMergePolicy.class.getName();

    private static final int MERGE_BATCH = 100;

    /** The name of the map that holds the rows. */
    String sessions() {
        return "postern.sessions." + namespace;
    }

    /** The name of the map that holds the keys, when the cluster has drawn them. */
    String keys() {
        return "postern.keys." + namespace;
    }

    /** How the rows are kept: tombstones outlive what they bury in a merge (D2), and nothing is evicted (HZ-11). */
    MapConfig sessionsConfig() {
        return plain(sessions())
                .setTimeToLiveSeconds(seconds())
                .setMergePolicyConfig(new MergePolicyConfig(MERGE_POLICY, MERGE_BATCH))
                .addIndexConfig(new IndexConfig(IndexType.SORTED, "__key"));
    }

    /** How the keys are kept: for ever, and those of the larger side after a merge. */
    MapConfig keysConfig() {
        return plain(keys())
                .setMergePolicyConfig(new MergePolicyConfig(PutIfAbsentMergePolicy.class.getName(), MERGE_BATCH));
    }

    int seconds() {
        return Math.toIntExact(defaultTimeToLive.toSeconds());
    }

    private MapConfig plain(String name) {
        MapConfig config = new MapConfig(name)
                .setBackupCount(backups)
                .setAsyncBackupCount(0)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setReadBackupData(false)
                .setMaxIdleSeconds(0)
                .setStatisticsEnabled(true);
        config.getEvictionConfig().setEvictionPolicy(EvictionPolicy.NONE);
        return config;
    }
}
