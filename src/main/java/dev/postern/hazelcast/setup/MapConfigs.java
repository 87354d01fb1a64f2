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

    /**
     * Gives the maps their configuration at run time, where no file and no other node has given them one, and says what the
     * live one lacks.
     *
     * <p>For one thread, at the start.
     */
    public static final class Registrar {

        private final ManagedInstance instance;
        private final MapConfigs wanted;
        private final List<MapConfigCheck.Fault> faults = new ArrayList<>();

        public Registrar(ManagedInstance instance, MapConfigs wanted) {
            this.instance = instance;
            this.wanted = wanted;
        }

        /** Configures the maps, and answers what is wrong with the live map of rows; empty if all is well. */
        public List<MapConfigCheck.Fault> run() {
            add(wanted.sessionsConfig());
            add(wanted.keysConfig());
            add(wanted.triesConfig());
            instance.outdated().ifPresent(sentence -> faults.add(new MapConfigCheck.Fault(sentence, false)));
            if (instance.isClient()) {
                faults.add(new MapConfigCheck.Fault(
                        "Hazelcast map " + wanted.sessions() + ": a client cannot read the live configuration. If the"
                                + " cluster's file has one for this name, it is in force and was not checked.",
                        false));
            } else {
                faults.addAll(MapConfigCheck.faults(config(), wanted));
            }
            return List.copyOf(faults);
        }

        private void add(MapConfig config) {
            if (!instance.isClient() && config().getMapConfigOrNull(config.getName()) != null) {
                return;
            }
            try {
                config().addMapConfig(config);
            } catch (InvalidConfigurationException e) { // HZ-15
                faults.add(new MapConfigCheck.Fault(
                        "Hazelcast map " + config.getName() + ": the cluster has another configuration for it already,"
                                + " which stays until all its members have stopped: " + e.getMessage(),
                        false));
            }
        }

        private Config config() {
            return instance.hazelcast().getConfig();
        }
    }
}
