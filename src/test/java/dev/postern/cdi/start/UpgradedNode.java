package dev.postern.cdi.start;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.BuildInfoProvider;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.setup.InstanceFinder;
import dev.postern.session.TestSessions;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The only node of an application, with the Hazelcast of its server, of whatever version the JVM has, and with a database in a file.
 *
 * <p>For one thread, and one at a time in a JVM.
 */
final class UpgradedNode implements AutoCloseable {

    private static final String DATABASE = "java:app/jdbc/shop";

    private final HazelcastInstance server = Hazelcast.newHazelcastInstance(alone());
    private final FakeNaming naming;
    final StoredNode node;

    /** A node whose database has that URL. */
    UpgradedNode(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        naming = FakeNaming.bind(Map.of(DATABASE, source, InstanceFinder.JNDI_NAME, server));
        node = new StoredNode("upgraded", DATABASE, Map.of("postern.cache.hazelcast", "server"));
    }

    private static Config alone() {
        Config config = new Config().setClusterName("server-" + UUID.randomUUID());
        config.getNetworkConfig().setPort(0).getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        return config;
    }

    /** The version of Hazelcast, and what becomes of a request with each of the tokens. */
    static String seen(UpgradedNode upgraded, Stream<String> tokens) {
        return tokens.map(token -> upgraded.node.keeper.resume(token, TestSessions.ACTIVE))
                .map(result -> result.getClass().getSimpleName())
                .collect(
                        Collectors.joining(" ", BuildInfoProvider.getBuildInfo().getVersion() + " ", ""));
    }

    @Override
    public void close() {
        node.close();
        naming.close();
        server.shutdown();
    }

    /** Writes to the standard output what is seen of the tokens behind the URL of the database. */
    public static void main(String[] args) {
        try (UpgradedNode upgraded = new UpgradedNode(args[0])) {
            System.out.println(seen(upgraded, Stream.of(args).skip(1)));
        }
    }
}
