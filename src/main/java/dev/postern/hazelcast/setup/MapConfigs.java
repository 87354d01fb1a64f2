package dev.postern.hazelcast.setup;

import com.hazelcast.config.CacheDeserializedValues;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.spi.merge.ExpirationTimeMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names and configurations of the three maps of a namespace. No other data of the cluster is touched.
 *
 * <p>Immutable.
 *
 * @param backups how many other members hold a copy of a row
 * @param defaultTimeToLive how long a row stays whose write was interrupted before its own time to live was set
 */
public record MapConfigs(String namespace, int backups, Duration defaultTimeToLive) {

    static final String MERGE_POLICY = ExpirationTimeMergePolicy.class.getName();

    private static final int MERGE_BATCH = 100;

    /** Some 60 megabytes. An attacker needs more than a thousand addresses for so many. */
    private static final int MOST_FAILURES = 200_000;

    /** How long a counter stays whose write was interrupted. */
    private static final Duration FAILURES_DEFAULT = Duration.ofDays(1);

    /** The name of the map that holds the rows. */
    public String sessions() {
        return "postern.sessions." + namespace;
    }

    /** The name of the map that holds the owner of the namespace, and the keys if the cluster generates them. */
    public String keys() {
        return "postern.keys." + namespace;
    }

    /** Rows: in a merge the longer-lived tombstone wins over the live row (D2), and nothing is evicted (HZ-11). */
    public MapConfig sessionsConfig() {
        return plain(sessions())
                .setTimeToLiveSeconds(seconds())
                .setMergePolicyConfig(new MergePolicyConfig(MERGE_POLICY, MERGE_BATCH))
                .addIndexConfig(new IndexConfig(IndexType.SORTED, "__key"));
    }

    /** Keys: kept for ever. After a merge those of the larger side stay. */
    public MapConfig keysConfig() {
        return plain(keys())
                .setMergePolicyConfig(new MergePolicyConfig(PutIfAbsentMergePolicy.class.getName(), MERGE_BATCH));
    }

    /** The name of the map that holds the counters of failed sign-ins. */
    public String failures() {
        return "postern.tries." + namespace;
    }

    /**
     * Counters: each has its own time to live, and after a merge the longer-lived one stays. Every failed sign-in may
     * create one, so their number is bounded, and the least recently used are evicted.
     */
    MapConfig failuresConfig() {
        MapConfig config = plain(failures())
                .setBackupCount(Math.min(1, backups))
                .setTimeToLiveSeconds(Math.toIntExact(FAILURES_DEFAULT.toSeconds()))
                .setMergePolicyConfig(new MergePolicyConfig(MERGE_POLICY, MERGE_BATCH));
        config.getEvictionConfig()
                .setEvictionPolicy(EvictionPolicy.LRU)
                .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                .setSize(MOST_FAILURES);
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

    /**
     * Adds the configurations at run time to an instance that has just been found. A configuration that a file or
     * another node gave the cluster for a map stays in force.
     *
     * @return the faults of the live configuration; empty if all is well
     */
    public List<MapConfigCheck.Fault> configure(ManagedInstance instance) {
        List<MapConfigCheck.Fault> faults = new ArrayList<>();
        Stream.of(sessionsConfig(), keysConfig(), failuresConfig())
                .flatMap(config -> add(config, instance).stream())
                .forEach(faults::add);
        instance.outdated().ifPresent(sentence -> faults.add(new MapConfigCheck.Fault(sentence, false)));
        if (instance.isClient()) {
            faults.add(new MapConfigCheck.Fault(
                    "Hazelcast map " + sessions() + ": a client cannot read the live configuration. If the"
                            + " cluster's file has one for this name, it is in force, and it has not been checked.",
                    false));
        } else {
            faults.addAll(MapConfigCheck.faults(instance.hazelcast().getConfig(), this));
        }
        return List.copyOf(faults);
    }

    private static Optional<MapConfigCheck.Fault> add(MapConfig config, ManagedInstance instance) {
        Config live = instance.hazelcast().getConfig();
        if (!instance.isClient() && live.getMapConfigOrNull(config.getName()) != null) {
            return Optional.empty();
        }
        try {
            live.addMapConfig(config);
            return Optional.empty();
        } catch (InvalidConfigurationException e) { // HZ-15
            return Optional.of(new MapConfigCheck.Fault(
                    "Hazelcast map " + config.getName() + ": the cluster has another configuration for it already,"
                            + " which stays until all its members have stopped: " + e.getMessage(),
                    false));
        }
    }
}
