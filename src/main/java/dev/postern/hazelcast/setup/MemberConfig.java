package dev.postern.hazelcast.setup;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import dev.postern.PosternException;
import java.util.List;
import java.util.Map;

/**
 * The configuration of an embedded member: one that looks for no others, listens on one address, does not announce
 * itself, and notices in seconds what Hazelcast by itself notices in minutes (D9).
 *
 * <p>Immutable.
 */
public record MemberConfig(String cluster) {

    private static final String LOOPBACK = "127.0.0.1";

    /** What holds unless the file or the JVM says otherwise. */
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            Map.entry("hazelcast.phone.home.enabled", "false"),
            Map.entry("hazelcast.jmx", "false"),
            Map.entry("hazelcast.operation.fail.on.indeterminate.state", "true"), // D6
            Map.entry("hazelcast.operation.call.timeout.millis", "5000"),
            Map.entry("hazelcast.operation.backup.timeout.millis", "2000"),
            Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
            Map.entry("hazelcast.max.no.heartbeat.seconds", "10"),
            Map.entry("hazelcast.partial.member.disconnection.resolution.heartbeat.count", "5"),
            Map.entry("hazelcast.wait.seconds.before.join", "1"),
            Map.entry("hazelcast.merge.first.run.delay.seconds", "15"),
            Map.entry("hazelcast.merge.next.run.delay.seconds", "10"),
            Map.entry("hazelcast.shutdownhook.policy", "GRACEFUL"), // D10
            Map.entry("hazelcast.graceful.shutdown.max.wait", "60"));

    /** For a member that stays alone: on the loopback address, on any free port. */
    public Config alone() {
        Config config = hardened();
        listen(config.getNetworkConfig(), LOOPBACK, 0);
        return config;
    }

    /** For one of these members, which listens at its own place in their list. */
    public Config among(List<MemberAddress> members, MemberAddress own) {
        Config config = hardened();
        NetworkConfig network = config.getNetworkConfig();
        listen(network, own.host(), own.port());
        network.getJoin().getTcpIpConfig().setEnabled(true);
        members.forEach(member -> network.getJoin().getTcpIpConfig().addMember(member.toString()));
        return config;
    }

    /** What the file says, with our values where it says nothing. It may not look for members by multicast. */
    Config of(HazelcastFile file) {
        Config config = file.member();
        JoinConfig join = config.getAdvancedNetworkConfig().isEnabled()
                ? config.getAdvancedNetworkConfig().getJoin()
                : config.getNetworkConfig().getJoin();
        if (join.getMulticastConfig().isEnabled()) {
            throw new PosternException("postern.cache.config: " + file.location()
                    + " switches multicast on, so any host in the network can join. List the members.");
        }
        join.getAutoDetectionConfig().setEnabled(false);
        if (config.getClusterName().equals(Config.DEFAULT_CLUSTER_NAME)) {
            config.setClusterName(cluster);
        }
        return completed(config);
    }

    private Config hardened() {
        Config config = completed(new Config().setClusterName(cluster));
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
        return config;
    }

    private static Config completed(Config config) {
        PROPERTIES.forEach((name, value) -> {
            if (config.getProperty(name) == null) {
                config.setProperty(name, value);
            }
        });
        return config.setClassLoader(MemberConfig.class.getClassLoader());
    }

    /** After a restart the port may still be in TIME_WAIT, hence the reuse of the address. */
    private static void listen(NetworkConfig network, String host, int port) {
        network.setPort(port).setPortAutoIncrement(false).setReuseAddress(true);
        network.getInterfaces().setEnabled(true).addInterface(host);
    }

    /** Postern sends strings and bytes only; other types are not to be deserialized (HZ-41). */
    private static JavaSerializationFilterConfig filter() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist().addPrefixes("java.lang.", "java.util.", "com.hazelcast.", "[");
        return filter;
    }
}
