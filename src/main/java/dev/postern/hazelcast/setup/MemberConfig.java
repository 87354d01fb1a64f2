package dev.postern.hazelcast.setup;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TcpIpConfig;
import dev.postern.PosternException;
import java.util.List;
import java.util.Map;

/**
 * The hardened configuration of an embedded member. It does not search for members, listens on one address, and does
 * not announce itself. It lets members in and no clients: on a port for both, one member that is frozen can silence
 * others (HZ-63). It detects in seconds a failure that Hazelcast's defaults detect in minutes (D9). No shutdown hook
 * stops it beside the application, which stops it after its own last writes (HZ-62).
 *
 * <p>Immutable.
 */
public record MemberConfig(String cluster) {

    private static final String LOOPBACK = "127.0.0.1";

    /** Properties that apply unless the file or the JVM sets them. */
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
            Map.entry("hazelcast.index.copy.behavior", "COPY_ON_WRITE"), // HZ-44
            Map.entry("hazelcast.shutdownhook.enabled", "false"), // HZ-62
            Map.entry("hazelcast.shutdownhook.policy", "GRACEFUL"), // D10
            Map.entry("hazelcast.graceful.shutdown.max.wait", "60"));

    /** For a member without others: on the loopback address, on any free port. */
    public Config alone() {
        return hardened(LOOPBACK, 0);
    }

    /** For one of the listed members, which listens at its own address. */
    public Config among(List<MemberAddress> members, MemberAddress own) {
        Config config = hardened(own.host(), own.port());
        TcpIpConfig listed =
                config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
        members.forEach(member -> listed.addMember(member.toString()));
        return config;
    }

    /**
     * The file's configuration, completed with our properties. Throws {@link PosternException} if it uses multicast.
     */
    Config of(HazelcastFile file) {
        Config config = file.member();
        JoinConfig join = config.getAdvancedNetworkConfig().isEnabled()
                ? config.getAdvancedNetworkConfig().getJoin()
                : config.getNetworkConfig().getJoin();
        if (join.getMulticastConfig().isEnabled()) {
            throw new PosternException("postern.cache.config: " + file.location()
                    + " switches multicast on, with which any host of the network can join. List the members.");
        }
        join.getAutoDetectionConfig().setEnabled(false);
        if (config.getClusterName().equals(Config.DEFAULT_CLUSTER_NAME)) {
            config.setClusterName(cluster);
        }
        return completed(config);
    }

    private Config hardened(String host, int port) {
        Config config = completed(new Config().setClusterName(cluster));
        listen(config.getAdvancedNetworkConfig(), host, port);
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

    /** After a restart the port may still be in TIME_WAIT, so the address is reused. */
    private static void listen(AdvancedNetworkConfig network, String host, int port) {
        ServerSocketEndpointConfig members = new ServerSocketEndpointConfig()
                .setPort(port)
                .setPortAutoIncrement(false)
                .setReuseAddress(true);
        members.getInterfaces().setEnabled(true).addInterface(host);
        network.setEnabled(true).setMemberEndpointConfig(members);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        network.getJoin().getMulticastConfig().setEnabled(false);
    }

    /** Postern sends strings and bytes only. Other types must not be deserialized (HZ-41). */
    private static JavaSerializationFilterConfig filter() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig().setDefaultsDisabled(true);
        filter.getWhitelist().addPrefixes("java.lang.", "java.util.", "com.hazelcast.", "[");
        return filter;
    }
}
