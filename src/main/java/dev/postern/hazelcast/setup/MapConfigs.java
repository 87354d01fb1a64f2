package dev.postern.hazelcast.setup;

import com.hazelcast.config.CacheDeserializedValues;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.spi.merge.ExpirationTimeMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import java.time.Duration;

/**
 * The maps of a namespace as Postern wants them: three of its own, so that no other data of the cluster is touched.
 *
 * <p>Immutable.
 */
public record MapConfigs(String namespace, int backups, Duration defaultTimeToLive) {

    static final String MERGE_POLICY = ExpirationTimeMergePolicy.class.getName();

    private static final int MERGE_BATCH = 100;

    /** Some 60 megabytes. It takes a thousand addresses and more to bring about so many. */
    private static final int MOST_TALLIES = 200_000;

    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    /** The name of the map that holds the rows. */
    public String sessions() {
        return "postern.sessions." + namespace;
    }

    /** The name of the map that holds the keys, when the cluster has drawn them. */
    public String keys() {
        return "postern.keys." + namespace;
    }

    /** How the rows are kept: tombstones outlive what they bury in a merge (D2), and nothing is evicted (HZ-11). */
    public MapConfig sessionsConfig() {
        return plain(sessions())
                .setTimeToLiveSeconds(seconds())
                .setMergePolicyConfig(new MergePolicyConfig(MERGE_POLICY, MERGE_BATCH))
                .addIndexConfig(new IndexConfig(IndexType.SORTED, "__key"));
    }

    /** How the keys are kept: for ever, and those of the larger side after a merge. */
    public MapConfig keysConfig() {
        return plain(keys())
                .setMergePolicyConfig(new MergePolicyConfig(PutIfAbsentMergePolicy.class.getName(), MERGE_BATCH));
    }

    /** The name of the map that holds the tallies of failed sign-ins. */
    public String tries() {
        return "postern.tries." + namespace;
    }

    /**
     * How the tallies are kept: as long as each matters, and the one that matters longer after a merge. Anybody can
     * make one by failing, so there is a bound, at which the least recently used go.
     */
    MapConfig triesConfig() {
        MapConfig config = plain(tries())
                .setBackupCount(Math.min(1, backups))
                .setTimeToLiveSeconds(Math.toIntExact(LEFT_BEHIND.toSeconds()))
                .setMergePolicyConfig(new MergePolicyConfig(MERGE_POLICY, MERGE_BATCH));
        config.getEvictionConfig()
                .setEvictionPolicy(EvictionPolicy.LRU)
                .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                .setSize(MOST_TALLIES);
        return config;
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
                .setCacheDeserializedValues(CacheDeserializedValues.NEVER)
                .setMaxIdleSeconds(0)
                .setStatisticsEnabled(true);
        config.getEvictionConfig().setEvictionPolicy(EvictionPolicy.NONE);
        return config;
    }
}
