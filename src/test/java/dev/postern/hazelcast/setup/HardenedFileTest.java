package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.XmlConfigBuilder;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.splitbrainprotection.SplitBrainProtection;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.postern.PosternException;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.Grid;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.throttle.FailureCount;
import dev.postern.session.throttle.FailureCountStore;
import dev.postern.session.token.Handle;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Members of {@code server-config/hazelcast/postern.xml}, unchanged, with addresses for three. */
class HardenedFileTest {

    private static final Path FILE = Path.of("server-config", "hazelcast", "postern.xml");

    private final List<HazelcastInstance> members = new ArrayList<>();
    private final Properties values = new Properties();
    private final List<MemberAddress> places = FreePlaces.on("127.0.0.1", 3);

    @BeforeEach
    void choosePlaces() {
        values.putAll(Map.of(
                "grid.cluster", "test-" + UUID.randomUUID(),
                "grid.members", places.stream().map(MemberAddress::toString).collect(Collectors.joining(",")),
                "grid.interface", "127.0.0.1",
                "grid.majority", "2",
                "grid.protected", "true",
                "grid.spread", "false"));
    }

    @AfterEach
    void stop() {
        members.forEach(member -> member.getLifecycleService().terminate());
    }

    @Test
    void threeMembersFormOneClusterAndKeepRows() throws IOException {
        for (int member = 0; member < places.size(); member++) {
            start(member);
        }
        for (HazelcastInstance member : members) {
            await(() -> member.getCluster().getMembers().size() == 3);
        }
        byte[] row = {1, 2};
        assertThat(sessions(0).putIfAbsent("key", row, 1, TimeUnit.HOURS)).isNull();
        assertThat(sessions(1).replace("key", row.clone(), new byte[] {3})).isTrue();
        assertThat(sessions(1).setTtl("key", 1, TimeUnit.HOURS)).isTrue();
        assertThat(sessions(2).get("key")).containsExactly(3);
    }

    @Test
    @Tag("P-44")
    void nodeThatIsNoMajorityStartsAndServesOnceItIs() throws IOException {
        start(0);
        awaitMajority(false);
        assertThatThrownBy(() -> sessions(0).get("key")).isInstanceOf(SplitBrainProtectionException.class);
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.SERVER, Optional.empty(), List.of(), 2, 1);
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", members.get(0));
                Grid grid = Grid.openOnAnyVersion("shop", settings, TestRows.LIFETIMES)) {
            CredentialsCache cache = grid.cache(TestRows.LIFETIMES, InstantSource.system());
            RowKey key = new RowKey("user.session");
            FailureCountStore tries = grid.failureCounts(Duration.ofSeconds(20), InstantSource.system());
            Set<Handle> name = Set.of(new Handle("0123456789012345678901"));
            assertThatThrownBy(() -> cache.read(key, soon())).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> tries.read(name, tries.deadline())).isInstanceOf(PosternException.class);
            start(1);
            awaitMajority(true);
            assertThat(cache.read(key, soon())).isEmpty();
            assertThat(tries.read(name, tries.deadline())).containsValue(FailureCount.NONE);
            assertThat(naming.lookUps()).isPositive();
        }
    }

    /** CVE-2026-107726: the protocol of clients is the way to a member's heap. */
    @Test
    @Tag("S-53")
    void clientsFindNoWayIn() throws IOException {
        start(0);
        ClientConfig client = new ClientConfig().setClusterName(values.getProperty("grid.cluster"));
        client.getNetworkConfig().addAddress(places.get(0).toString());
        client.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(2000);

        assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(client))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Unable to connect");
    }

    @Test
    @Tag("C18")
    void fileForContainersFindsMembersByTheNameOfAService() throws IOException {
        List<MemberAddress> row = FreePlaces.inRow("127.0.0.1", 2);
        values.setProperty("grid.service", "localhost");
        values.setProperty("grid.protected", "false");
        for (MemberAddress place : row) {
            values.setProperty("grid.port", Integer.toString(place.port()));
            Config config = new XmlConfigBuilder(
                            FILE.resolveSibling("kubernetes.xml").toString())
                    .setProperties(values)
                    .build();
            config.getAdvancedNetworkConfig()
                    .getJoin()
                    .getKubernetesConfig()
                    .setProperty("service-port", Integer.toString(row.get(0).port()));
            members.add(Hazelcast.newHazelcastInstance(config));
        }

        assertThat(members.get(1).getCluster().getMembers()).hasSize(2);
        assertThat(MapConfigCheck.faults(
                        members.get(0).getConfig(),
                        new MapConfigs("shop", 2, Duration.ofDays(14).plusMinutes(10))))
                .isEmpty();
    }

    @Test
    void mapOfRowsIsAsPosternWantsIt() throws IOException {
        MapConfigs wanted = new MapConfigs("shop", 2, Duration.ofMinutes(40));
        assertThat(MapConfigCheck.faults(config(0), wanted)).isEmpty();
    }

    private void start(int member) throws IOException {
        members.add(Hazelcast.newHazelcastInstance(config(member)));
    }

    private Config config(int member) throws IOException {
        values.setProperty("grid.port", Integer.toString(places.get(member).port()));
        return new XmlConfigBuilder(FILE.toString()).setProperties(values).build();
    }

    private IMap<String, byte[]> sessions(int member) {
        return members.get(member).getMap("postern.sessions.shop");
    }

    /** Protection follows the members with a delay (D8). */
    private void awaitMajority(boolean expected) {
        SplitBrainProtection protection =
                members.get(0).getSplitBrainProtectionService().getSplitBrainProtection("postern-majority");
        await(() -> protection.hasMinimumSize() == expected);
    }

    private static void await(BooleanSupplier condition) {
        Deadline patience = soon();
        while (!condition.getAsBoolean() && patience.nanosLeft() > 0) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
