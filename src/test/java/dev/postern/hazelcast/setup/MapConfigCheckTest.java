package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.row.TestRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapConfigCheckTest {

    private static final long SECONDS = TestRows.LIFETIMES.mapDefault().toSeconds();

    @TempDir
    private Path directory;

    @Test
    void findsNoFaultInAMapThatWasConfiguredAtRunTime() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            assertThat(cluster.grid(0).faults()).isEmpty();
            assertThat(cluster.grid(1).faults()).isEmpty();

            for (var member : cluster.instances()) {
                MapConfig live = member.getConfig().findMapConfig(cluster.map().getName());
                assertThat(live.getBackupCount()).isEqualTo(2);
                assertThat(live.getTimeToLiveSeconds()).isEqualTo((int) SECONDS);
                assertThat(live.getIndexConfigs()).hasSize(1);
            }
        }
    }

    @Test
    void keysAreKeptForEver() {
        try (TestCluster cluster = TestCluster.alone()) {
            MapConfig live = cluster.member().getConfig().findMapConfig("postern.keys." + cluster.namespace());

            assertThat(live.getTimeToLiveSeconds()).isZero();
            assertThat(live.getMaxIdleSeconds()).isZero();
            assertThat(live.getBackupCount()).isEqualTo(2);
            assertThat(live.getMergePolicyConfig().getPolicy()).endsWith("PutIfAbsentMergePolicy");
        }
    }

    @Test
    void findsNoFaultInAFileThatSaysTheSame() throws IOException {
        try (Grid grid = open("""
            <map name="postern.sessions.*">
              <in-memory-format>BINARY</in-memory-format>
              <backup-count>3</backup-count>
              <cache-deserialized-values>NEVER</cache-deserialized-values>
              <time-to-live-seconds>%d</time-to-live-seconds>
              <merge-policy batch-size="100">ExpirationTimeMergePolicy</merge-policy>
              <indexes><index type="SORTED"><attributes><attribute>__key</attribute></attributes></index></indexes>
            </map>
            """.formatted(SECONDS))) {
            assertThat(grid.faults()).isEmpty();
        }
    }

    @Test
    @Tag("P-43")
    void findsEveryFaultOfAFile() throws IOException {
        try (Grid grid = open("""
            <map name="postern.sessions.*">
              <in-memory-format>OBJECT</in-memory-format>
              <statistics-enabled>false</statistics-enabled>
              <per-entry-stats-enabled>true</per-entry-stats-enabled>
              <backup-count>1</backup-count>
              <read-backup-data>true</read-backup-data>
              <time-to-live-seconds>0</time-to-live-seconds>
              <max-idle-seconds>60</max-idle-seconds>
              <eviction eviction-policy="LRU" max-size-policy="PER_NODE" size="5000"/>
              <merge-policy batch-size="100">LatestUpdateMergePolicy</merge-policy>
              <near-cache/>
              <partition-strategy>com.hazelcast.partition.strategy.StringPartitioningStrategy</partition-strategy>
            </map>
            """)) {
            assertThat(dangers(grid))
                    .hasSize(8)
                    .anyMatch(fault -> fault.contains("in-memory-format is OBJECT"))
                    .anyMatch(fault -> fault.contains("LatestUpdateMergePolicy"))
                    .anyMatch(fault -> fault.contains("eviction is LRU"))
                    .anyMatch(fault -> fault.contains("time-to-live-seconds is 0"))
                    .anyMatch(fault -> fault.contains("max-idle-seconds is 60"))
                    .anyMatch(fault -> fault.contains("read-backup-data is true"))
                    .anyMatch(fault -> fault.contains("near cache"))
                    .anyMatch(fault -> fault.contains("partitioning strategy"));
            assertThat(warnings(grid))
                    .hasSize(4)
                    .anyMatch(fault -> fault.contains("cache-deserialized-values is not NEVER"))
                    .anyMatch(fault -> fault.contains("backup-count is 1, not 2"))
                    .anyMatch(fault -> fault.contains("no SORTED index"))
                    .anyMatch(fault -> fault.contains("statistics-enabled is false"));
        }
    }

    @Test
    void findsAStrategyForAllMaps() throws IOException {
        try (Grid grid = open("""
            <properties>
              <property name="hazelcast.partitioning.strategy.class"
                >com.hazelcast.partition.strategy.StringPartitioningStrategy</property>
            </properties>
            """)) {
            assertThat(dangers(grid)).singleElement().asString().contains("partitioning strategy");
        }
    }

    @Test
    void warnsWhenTheTimeToLiveIsNotTheOneThatTheLimitsAskFor() throws IOException {
        assertThat(warningsFor(SECONDS - 1)).singleElement().asString().contains("less than " + SECONDS);
        assertThat(warningsFor(SECONDS)).isEmpty();
        assertThat(warningsFor(SECONDS + 1)).singleElement().asString().contains("more than " + SECONDS);
    }

    @Test
    @Tag("D6")
    void warnsWhenAWriteWithoutABackupWouldPassForDone() throws IOException {
        try (Grid grid = open("""
            <properties>
              <property name="hazelcast.operation.fail.on.indeterminate.state">false</property>
            </properties>
            """)) {
            assertThat(warnings(grid))
                    .singleElement()
                    .asString()
                    .contains("hazelcast.operation.fail.on.indeterminate.state is not true");
        }
    }

    @Test
    @Tag("D6")
    void warnsWhenTheServersInstanceSaysNothingOfWritesWithoutABackup() {
        HazelcastInstance server = Hazelcast.newHazelcastInstance(TestCluster.bare());
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", server);
                TestCluster cluster = TestCluster.guest()) {
            assertThat(warnings(cluster.grid(0))).anyMatch(fault -> fault.contains("fail.on.indeterminate.state"));
            assertThat(naming.lookUps()).isPositive();
        } finally {
            server.shutdown();
        }
    }

    @Test
    void warnsWhenAnotherNodeWasFirstWithOtherSettings() {
        try (TestCluster cluster = TestCluster.ready()) {
            cluster.open(new HazelcastSettings(
                    HazelcastSettings.Source.EMBEDDED, Optional.empty(), cluster.members(), 1, 1));
            Grid second = cluster.addMember();

            assertThat(warnings(second)).singleElement().asString().contains("backup-count is 1, not 2");
        }
    }

    @Test
    void warnsThatAClientCannotRead() {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            assertThat(warnings(cluster.addClient()))
                    .singleElement()
                    .asString()
                    .contains("a client cannot read the live configuration");
        }
    }

    @Test
    void warnsWhenAClientMeetsAnotherConfiguration() {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            Grid client = cluster.open(
                    new HazelcastSettings(HazelcastSettings.Source.CLIENT, Optional.empty(), cluster.members(), 1, 1));

            assertThat(warnings(client)).anyMatch(fault -> fault.contains("another configuration for it already"));
        }
    }

    private List<String> warningsFor(long seconds) throws IOException {
        try (Grid grid = open("""
            <map name="postern.sessions.*">
              <backup-count>2</backup-count>
              <cache-deserialized-values>NEVER</cache-deserialized-values>
              <time-to-live-seconds>%d</time-to-live-seconds>
              <merge-policy>com.hazelcast.spi.merge.ExpirationTimeMergePolicy</merge-policy>
              <indexes><index type="SORTED"><attributes><attribute>__key</attribute></attributes></index></indexes>
            </map>
            """.formatted(seconds))) {
            assertThat(dangers(grid)).isEmpty();
            return warnings(grid);
        }
    }

    private Grid open(String maps) throws IOException {
        String namespace = "test-" + UUID.randomUUID();
        Path file = Files.writeString(directory.resolve(namespace + ".xml"), """
            <hazelcast xmlns="http://www.hazelcast.com/schema/config">
              <network>
                <port>0</port>
                <interfaces enabled="true"><interface>127.0.0.1</interface></interfaces>
              </network>
              %s
            </hazelcast>
            """.formatted(maps));
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.EMBEDDED, Optional.of(file.toString()), List.of(), 2, 1);
        return Grid.openOnAnyVersion(namespace, settings, TestRows.LIFETIMES);
    }

    private static List<String> dangers(Grid grid) {
        return grid.faults().stream()
                .filter(MapConfigCheck.Fault::isDangerous)
                .map(MapConfigCheck.Fault::sentence)
                .toList();
    }

    private static List<String> warnings(Grid grid) {
        return grid.faults().stream()
                .filter(fault -> !fault.isDangerous())
                .map(MapConfigCheck.Fault::sentence)
                .toList();
    }
}
