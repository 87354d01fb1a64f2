package dev.postern.hazelcast.setup;

import com.hazelcast.config.Config;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.MapConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the maps their configuration at run time, where no file and no other node has given them one, and says what the
 * live one lacks.
 *
 * <p>For one thread, at the start.
 */
public final class MapConfigRegistrar {

    private final ManagedInstance instance;
    private final MapConfigs wanted;
    private final List<MapConfigFault> faults = new ArrayList<>();

    public MapConfigRegistrar(ManagedInstance instance, MapConfigs wanted) {
        this.instance = instance;
        this.wanted = wanted;
    }

    /** Configures the maps, and answers what is wrong with the live map of rows; empty if all is well. */
    public List<MapConfigFault> run() {
        add(wanted.sessionsConfig());
        add(wanted.keysConfig());
        add(wanted.triesConfig());
        instance.outdated().ifPresent(sentence -> faults.add(new MapConfigFault(sentence, false)));
        if (instance.isClient()) {
            faults.add(new MapConfigFault(
                    "Hazelcast map " + wanted.sessions() + ": a client cannot read the live configuration. If the"
                            + " cluster's file has one for this name, it is in force, and nobody has checked it.",
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
            faults.add(new MapConfigFault(
                    "Hazelcast map " + config.getName() + ": the cluster has another configuration for it already,"
                            + " which stays until all its members have stopped: " + e.getMessage(),
                    false));
        }
    }

    private Config config() {
        return instance.hazelcast().getConfig();
    }
}
