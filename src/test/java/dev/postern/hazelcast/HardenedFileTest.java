package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.XmlConfigBuilder;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three members of {@code server-config/hazelcast/postern.xml}, as it stands. */
class HardenedFileTest {

    private static final Path FILE = Path.of("server-config", "hazelcast", "postern.xml");

    private final List<HazelcastInstance> members = new ArrayList<>();

    @BeforeEach
    void startThreeMembers() throws IOException {
        List<Integer> ports = freePorts();
        Properties values = new Properties();
        values.putAll(Map.of(
                "grid.cluster", "test-" + UUID.randomUUID(),
                "grid.members", ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")),
                "grid.interface", "127.0.0.1",
                "grid.majority", "2",
                "grid.protected", "true",
                "grid.spread", "false"));
        for (int port : ports) {
            values.setProperty("grid.port", Integer.toString(port));
            members.add(Hazelcast.newHazelcastInstance(config(values)));
        }
    }

    @AfterEach
    void stop() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    @Test
    void threeMembersFormOneClusterAndKeepRows() {
        assertThat(members).allSatisfy(member -> assertThat(member.getCluster().getMembers())
                .hasSize(3));
        byte[] row = {1, 2};
        assertThat(sessions(0).putIfAbsent("key", row, 1, TimeUnit.HOURS)).isNull();
        assertThat(sessions(1).replace("key", row.clone(), new byte[] {3})).isTrue();
        assertThat(sessions(1).setTtl("key", 1, TimeUnit.HOURS)).isTrue();
        assertThat(sessions(2).get("key")).containsExactly(3);
    }

    @Test
    void minorityOfOneIsRefused() {
        sessions(0).putIfAbsent("key", new byte[] {1}, 1, TimeUnit.HOURS);
        members.get(1).getLifecycleService().terminate();
        assertThat(sessions(0).get("key")).containsExactly(1);
        members.get(2).getLifecycleService().terminate();
        assertThatThrownBy(() -> sessions(0).get("key")).isInstanceOf(SplitBrainProtectionException.class);
        assertThatThrownBy(() -> sessions(0).putIfAbsent("other", new byte[] {1}))
                .isInstanceOf(SplitBrainProtectionException.class);
    }

    @Test
    void liveMapIsConfiguredByTheFile() {
        MapConfig live = members.get(0).getConfig().findMapConfig("postern.sessions.shop");
        assertThat(live.getName()).isEqualTo("postern.sessions.*");
        assertThat(live.getBackupCount()).isEqualTo(2);
        assertThat(live.getMergePolicyConfig().getPolicy()).isEqualTo("ExpirationTimeMergePolicy");
        assertThat(live.getTimeToLiveSeconds()).isPositive();
        assertThat(live.getIndexConfigs()).singleElement().satisfies(index -> assertThat(index.getType())
                .isEqualTo(IndexType.SORTED));
    }

    private IMap<String, byte[]> sessions(int member) {
        return members.get(member).getMap("postern.sessions.shop");
    }

    private static Config config(Properties values) throws FileNotFoundException {
        return new XmlConfigBuilder(FILE.toString()).setProperties(values).build();
    }

    private static List<Integer> freePorts() throws IOException {
        try (ServerSocket first = anyPort();
                ServerSocket second = anyPort();
                ServerSocket third = anyPort()) {
            return List.of(first.getLocalPort(), second.getLocalPort(), third.getLocalPort());
        }
    }

    private static ServerSocket anyPort() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
