package dev.postern.hazelcast.setup;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.core.LifecycleListener;
import dev.postern.PosternException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client of a cluster that runs elsewhere, configured by a file or with a list of members. Once connected the client
 * reconnects for ever: while the cluster is away each call fails at once.
 *
 * <p>Immutable.
 */
public record ClusterClient(String cluster, Optional<String> file, List<MemberAddress> members) {

    private static final Map<String, String> PROPERTIES = Map.of(
            "hazelcast.client.invocation.timeout.seconds", "5",
            "hazelcast.client.heartbeat.interval", "1000",
            "hazelcast.client.heartbeat.timeout", "10000");

    /** Starts the client. Throws {@link PosternException} if no member answers within the patience. */
    public HazelcastInstance connect(Duration patience) {
        CountDownLatch connected = new CountDownLatch(1);
        LifecycleListener listener = event -> {
            if (event.getState() == LifecycleState.CLIENT_CONNECTED) {
                connected.countDown();
            }
        };
        try {
            HazelcastInstance client =
                    HazelcastClient.newHazelcastClient(config().addListenerConfig(new ListenerConfig(listener)));
            if (!awaits(connected, patience)) {
                client.shutdown();
                throw new PosternException("No member of the Hazelcast cluster answered within " + patience + ".");
            }
            return client;
        } catch (HazelcastException | IllegalStateException e) {
            throw new PosternException("The Hazelcast client did not start: " + e.getMessage(), e);
        }
    }

    /** The client's configuration. */
    ClientConfig config() {
        ClientConfig config =
                file.map(location -> new HazelcastFile(location).client()).orElseGet(ClientConfig::new);
        if (config.getClusterName().equals(Config.DEFAULT_CLUSTER_NAME)) {
            config.setClusterName(cluster);
        }
        members.forEach(member -> config.getNetworkConfig().addAddress(member.toString()));
        config.getNetworkConfig().getAutoDetectionConfig().setEnabled(false);
        // the members wait for backups instead: before it is connected to all of them the client would miss some
        config.setBackupAckToClientEnabled(false);
        reconnectForever(config.getConnectionStrategyConfig());
        PROPERTIES.forEach((name, value) -> {
            if (config.getProperty(name) == null) {
                config.setProperty(name, value);
            }
        });
        return config.setClassLoader(ClusterClient.class.getClassLoader());
    }

    /** With a limit the client would shut itself down. A synchronous start could wait for the cluster for ever. */
    private static void reconnectForever(ClientConnectionStrategyConfig strategy) {
        strategy.setAsyncStart(true).setReconnectMode(ReconnectMode.ASYNC);
        strategy.getConnectionRetryConfig().setClusterConnectTimeoutMillis(-1).setMaxBackoffMillis(5000);
    }

    private static boolean awaits(CountDownLatch latch, Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
