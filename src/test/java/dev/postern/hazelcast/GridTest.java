package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import dev.postern.hazelcast.setup.ClusterClient;
import dev.postern.hazelcast.setup.FreePlaces;
import dev.postern.hazelcast.setup.HazelcastSettings;
import dev.postern.hazelcast.setup.InstanceFinder;
import dev.postern.hazelcast.setup.LocalMembers;
import dev.postern.hazelcast.setup.MemberAddress;
import dev.postern.hazelcast.setup.MemberConfig;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GridTest {

    @Test
    void twoNodesWithOneListOnOneMachineFormACluster() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            assertThat(cluster.instances()).hasSize(2);
            assertThat(cluster.member().getCluster().getMembers())
                    .extracting(member -> member.getAddress().getPort())
                    .containsExactlyInAnyOrderElementsOf(
                            cluster.members().stream().map(MemberAddress::port).toList());
        }
    }

    @Test
    @Tag("P-32")
    @Tag("D10")
    void nodeIsReadyOnlyWhenEveryRowHasItsBackups() {
        try (TestCluster cluster = TestCluster.ready()) {
            cluster.addMember();
            CredentialsCache first = cluster.cache(0);
            TestRows.keys(50)
                    .forEach(key -> first.create(key, TestRows.live(first.now(), Duration.ofMinutes(30)), soon()));

            cluster.addMember();

            assertThat(cluster.member().getPartitionService().isClusterSafe()).isTrue();
        }
    }

    @Test
    void restartedNodeTakesItsPlaceAgain() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            cluster.grid(0).close();
            cluster.addMember();

            assertThat(cluster.member().getCluster().getMembers()).hasSize(2);
        }
    }

    /** C17: settings of the whole JVM give two applications one list. */
    @Test
    @Tag("C17")
    void twoApplicationsWithOneListOnTwoNodesAreTwoClusters() {
        List<MemberAddress> list = List.of(FreePlaces.inRow("127.0.0.1", 4).get(0));
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.EMBEDDED, Optional.empty(), list, 1, 1);
        HazelcastSettings more = new HazelcastSettings(
                HazelcastSettings.Source.EMBEDDED,
                Optional.empty(),
                List.of(list.get(0), new MemberAddress("127.0.0.1", list.get(0).port() + 1)),
                1,
                1);
        String shop = "shop-" + UUID.randomUUID();
        String bank = "bank-" + UUID.randomUUID();
        try (Grid shopA = Grid.openOnAnyVersion(shop, settings, TestRows.LIFETIMES);
                Grid bankA = Grid.openOnAnyVersion(bank, settings, TestRows.LIFETIMES);
                Grid bankB = Grid.openOnAnyVersion(bank, more, TestRows.LIFETIMES);
                Grid shopB = Grid.openOnAnyVersion(shop, more, TestRows.LIFETIMES)) {
            for (Grid grid : List.of(shopA, shopB, bankA, bankB)) {
                assertThat(grid.description()).contains("2 members");
            }
        }
    }

    /** The server's own HTTP port may lie there. A member that asks it to join waits for minutes. */
    @Test
    @Tag("C17")
    void strangerAboveAListedPortHoldsNoMemberUp() throws IOException {
        List<MemberAddress> row = FreePlaces.inRow("127.0.0.1", 3);
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.EMBEDDED, Optional.empty(), row.subList(0, 1), 1, 1);
        try (ServerSocket silent = new ServerSocket(row.get(1).port(), 5, InetAddress.getLoopbackAddress());
                ServerSocket silentToo = new ServerSocket(row.get(2).port(), 5, InetAddress.getLoopbackAddress())) {
            assertThat(silent.isBound() && silentToo.isBound()).isTrue();
            assertThat(new LocalMembers(row.subList(0, 1)).everywhere()).isEqualTo(row.subList(0, 1));
            long began = System.nanoTime();
            try (Grid grid = Grid.openOnAnyVersion("shop-" + UUID.randomUUID(), settings, TestRows.LIFETIMES)) {
                assertThat(grid.description()).contains(row.get(0).toString());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    @Tag("C18")
    void nodesFindEachOtherByTheNameOfAService() {
        List<MemberAddress> service = MemberAddress.parse(
                "dns:localhost:" + FreePlaces.inRow("127.0.0.1", 3).get(0).port());
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.EMBEDDED, Optional.empty(), service, 1, 1);
        String shop = "shop-" + UUID.randomUUID();
        try (Grid a = Grid.openOnAnyVersion(shop, settings, TestRows.LIFETIMES);
                Grid b = Grid.openOnAnyVersion(shop, settings, TestRows.LIFETIMES)) {
            assertThat(a.description()).contains("2 members");
            assertThat(b.description()).contains("2 members");
        }
    }

    @Test
    void moreNodesThanPlacesAreRefused() {
        try (TestCluster cluster =
                TestCluster.of(FreePlaces.inRow("127.0.0.1", 3).subList(0, 1))) {
            cluster.addMember();
            cluster.addMember();
            cluster.addMember();
            assertThatThrownBy(cluster::addMember)
                    .isInstanceOf(PosternException.class)
                    .hasMessageContaining("is in use");
        }
    }

    @Test
    void listWithoutThisMachineIsRefused() {
        HazelcastSettings elsewhere = new HazelcastSettings(
                HazelcastSettings.Source.EMBEDDED, Optional.empty(), MemberAddress.parse("192.0.2.1:5701"), 2, 1);

        assertThatThrownBy(() -> Grid.openOnAnyVersion("nowhere", elsewhere, TestRows.LIFETIMES))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("192.0.2.1:5701");
    }

    @Test
    @Tag("X-36")
    void saysWhatAMemberCostsThatIsAlone() {
        try (TestCluster cluster = TestCluster.alone()) {
            assertThat(cluster.grid(0).description())
                    .contains("embedded Hazelcast member", "127.0.0.1", cluster.namespace(), "they are lost");
        }
    }

    @Test
    void saysHowManyMembersThereAre() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            assertThat(cluster.grid(0).description()).contains("2 members").doesNotContain("lost");
        }
    }

    @Test
    @Tag("X-34")
    void leavesNothingBehindWhenItIsClosed() throws Exception {
        TestCluster cluster = TestCluster.alone();
        String instance = cluster.member().getName();
        assertThat(cluster.grid(0)
                        .clusterKeys(new SecureRandom(), Duration.ofSeconds(20))
                        .get())
                .isNotNull();
        RowKey key = TestRows.key();
        CredentialsCache cache = cluster.cache(0);
        cache.create(key, TestRows.live(cache.now(), Duration.ofMinutes(30)), soon());
        assertThat(LeakedThreads.threads(instance)).isNotEmpty();
        assertThat(LeakedThreads.threads(cluster.namespace())).isNotEmpty();

        cluster.close();
        cluster.close();

        assertThat(cluster.instances()).isEmpty();
        LeakedThreads.awaitNoThread(cluster.namespace(), Duration.ofSeconds(10));
        LeakedThreads.awaitNoThread(instance, Duration.ofSeconds(10));
    }

    @Test
    void leavesNothingBehindWhenAClientIsClosed() throws Exception {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            Grid client = cluster.addClient();
            assertThat(client.clusterKeys(new SecureRandom(), Duration.ofSeconds(20))
                            .get())
                    .isNotNull();
            assertThat(LeakedThreads.threads("hz.client_")).isNotEmpty();

            client.close();

            LeakedThreads.awaitNoThread("hz.client_", Duration.ofSeconds(10));
            assertThat(cluster.instances()).hasSize(2);
        }
    }

    @Test
    @Tag("P-32")
    @Tag("P-40")
    void keepsRowsWhenTheirNodeLeaves() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            List<RowKey> keys = TestRows.keys(50);
            CredentialsCache first = cluster.cache(0);
            byte[] row = TestRows.live(first.now(), Duration.ofMinutes(30));
            keys.forEach(key -> first.create(key, row, soon()));

            cluster.grid(0).close();

            CredentialsCache second = cluster.cache(1);
            assertThat(keys)
                    .allSatisfy(key -> assertThat(second.read(key, soon())).hasValue(row));
        }
    }

    @Test
    @Tag("P-45")
    void usesTheServersInstanceAndNeverStopsIt() {
        HazelcastInstance server = serverInstance();
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", server)) {
            for (HazelcastSettings.Source source :
                    List.of(HazelcastSettings.Source.AUTO, HazelcastSettings.Source.SERVER)) {
                Grid grid = Grid.openOnAnyVersion("guest", settings(source), TestRows.LIFETIMES);
                CredentialsCache cache = grid.cache(TestRows.LIFETIMES, InstantSource.system());
                assertThat(cache.create(TestRows.key(), TestRows.live(cache.now(), Duration.ofHours(1)), soon()))
                        .isTrue();
                assertThat(grid.description())
                        .contains("payara/Hazelcast", server.getConfig().getClusterName());
                assertThat(grid.unchosenName()).isEmpty();

                grid.close();

                assertThat(server.getLifecycleService().isRunning()).isTrue();
            }
            assertThat(naming.lookUps()).isPositive();
        } finally {
            server.shutdown();
        }
    }

    @Test
    @Tag("S-52")
    void tellsAClusterThatNobodyHasNamed() {
        HazelcastInstance server = Hazelcast.newHazelcastInstance(
                new MemberConfig("development").alone().setInstanceName("unnamed " + UUID.randomUUID()));
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", server);
                Grid grid =
                        Grid.openOnAnyVersion("guest", settings(HazelcastSettings.Source.SERVER), TestRows.LIFETIMES)) {
            assertThat(grid.unchosenName()).hasValue("development");
            assertThat(naming.lookUps()).isPositive();
        } finally {
            server.shutdown();
        }
    }

    @Test
    void saysThatSettingsAreNotUsedOnAServerWithItsOwn() {
        HazelcastInstance server = serverInstance();
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", server)) {
            HazelcastSettings listed = new HazelcastSettings(
                    HazelcastSettings.Source.AUTO, Optional.empty(), MemberAddress.parse("192.0.2.1"), 2, 1);
            try (Grid grid = Grid.openOnAnyVersion("guest", listed, TestRows.LIFETIMES)) {
                assertThat(grid.description()).contains("postern.cache.members are not used");
            }
            assertThat(naming.lookUps()).isPositive();
        } finally {
            server.shutdown();
        }
    }

    @Test
    void startsItsOwnMemberWhereTheServerHasNone() {
        try (Grid grid = Grid.openOnAnyVersion(
                "own-" + UUID.randomUUID(), settings(HazelcastSettings.Source.AUTO), TestRows.LIFETIMES)) {
            assertThat(grid.description()).contains("embedded");
        }
        assertThatThrownBy(() ->
                        Grid.openOnAnyVersion("own", settings(HazelcastSettings.Source.SERVER), TestRows.LIFETIMES))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("payara/Hazelcast");
    }

    @Test
    void takesSomethingElseUnderTheServersNameForNothing() {
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", "something else")) {
            assertThat(InstanceFinder.serverInstance()).isEmpty();
            assertThat(naming.lookUps()).isPositive();
        }
    }

    @Test
    @Tag("P-44")
    void clientGivesUpAtTheStartWhenNobodyAnswers() throws Exception {
        ClusterClient client = new ClusterClient("postern-nobody", Optional.empty(), FreePlaces.on("127.0.0.1", 2));

        assertThatThrownBy(() -> client.connect(Duration.ofMillis(500)))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("No member of the Hazelcast cluster answered");
        LeakedThreads.awaitNoThread("hz.client_", Duration.ofSeconds(10));
    }

    @Test
    @Tag("X-31")
    void settingsThatContradictEachOtherAreRefusedTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HazelcastSettings(
                        HazelcastSettings.Source.SERVER, Optional.of("a.xml"), MemberAddress.parse("127.0.0.1"), 7, 0))
                .withMessageContaining("exclude each other")
                .withMessageContaining("The server's own Hazelcast")
                .withMessageContaining("postern.cache.backups is 7")
                .withMessageContaining("postern.cache.minimum-members is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new HazelcastSettings(HazelcastSettings.Source.CLIENT, Optional.empty(), List.of(), 2, 1))
                .withMessageContaining("A client");
    }

    private static HazelcastInstance serverInstance() {
        Config config = new MemberConfig("server-" + UUID.randomUUID()).alone();
        return Hazelcast.newHazelcastInstance(config);
    }

    private static HazelcastSettings settings(HazelcastSettings.Source source) {
        return new HazelcastSettings(source, Optional.empty(), List.of(), 2, 1);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
