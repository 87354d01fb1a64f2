package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.BuildInfoProvider;
import dev.postern.PosternException;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.Grid;
import dev.postern.session.row.TestRows;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The build runs the tests of this package against two versions of Hazelcast, of which one has known flaws. */
class HazelcastVersionTest {

    @Test
    void isTheOneThatTheBuildAskedFor() {
        assertThat(BuildInfoProvider.getBuildInfo().getVersion())
                .isNotNull()
                .isEqualTo(System.getProperty("test.hazelcast"));
    }

    @Test
    void numbersCountAndTheServersOwnSuffixDoesNot() {
        assertThat(HazelcastVersion.parse("5.3.8-payara-1")).isEqualTo(new HazelcastVersion(5, 3, 8));
        assertThat(HazelcastVersion.parse("5.7")).isEqualTo(HazelcastVersion.FLOOR);
        assertThat(HazelcastVersion.parse("6.0.0-SNAPSHOT")).isGreaterThan(HazelcastVersion.FLOOR);
        assertThat(HazelcastVersion.parse("5.10.0")).isGreaterThan(HazelcastVersion.FLOOR);
        assertThat(HazelcastVersion.parse("5.6.9")).isLessThan(HazelcastVersion.FLOOR);
        assertThat(HazelcastVersion.parse("unknown")).isLessThan(HazelcastVersion.FLOOR);
    }

    /** CVE-2026-107726, CVE-2026-107725. */
    @Test
    void membersAndClientsOfOursAreNotStartedOnClassesWithKnownFlaws() {
        HazelcastVersion newer = new HazelcastVersion(99, 0, 0);
        for (HazelcastSettings.Source source : List.of(
                HazelcastSettings.Source.EMBEDDED, HazelcastSettings.Source.CLIENT, HazelcastSettings.Source.AUTO)) {
            HazelcastSettings settings =
                    new HazelcastSettings(source, Optional.empty(), MemberAddress.parse("127.0.0.1"), 2, 1);
            assertThatThrownBy(() -> new InstanceFinder("shop", settings, newer).find())
                    .isInstanceOf(PosternException.class)
                    .hasMessageContaining("CVE-2026-107726")
                    .hasMessageContaining("99.0.0");
        }
    }

    @Test
    void serversInstanceIsUsedAndItsFlawsAreNamed() {
        HazelcastInstance server =
                Hazelcast.newHazelcastInstance(new MemberConfig("server-" + UUID.randomUUID()).alone());
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.SERVER, Optional.empty(), List.of(), 2, 1);
        boolean isOld = HazelcastVersion.ofClasses().compareTo(HazelcastVersion.FLOOR) < 0;
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", server);
                Grid grid = Grid.open("guest", settings, TestRows.LIFETIMES)) {
            assertThat(grid.faults().stream().filter(fault -> fault.sentence().contains("CVE-2026-107726")))
                    .hasSize(isOld ? 1 : 0)
                    .noneMatch(MapConfigCheck.Fault::isDangerous);
            assertThat(naming.lookUps()).isPositive();
        } finally {
            server.shutdown();
        }
    }
}
