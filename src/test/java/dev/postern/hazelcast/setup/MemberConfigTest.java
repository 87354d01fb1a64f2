package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import dev.postern.PosternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberConfigTest {

    private static final List<MemberAddress> TWO = MemberAddress.parse("127.0.0.1:15801,127.0.0.1:15802");

    private final MemberConfig configs = new MemberConfig("postern-shop");

    @TempDir
    private Path directory;

    @Test
    @Tag("S-53")
    void aloneMemberLooksForNobodyAndListensToThisMachineOnly() {
        Config config = configs.alone();

        JoinConfig join = config.getAdvancedNetworkConfig().getJoin();
        assertLooksForNobodyByItself(join);
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        ServerSocketEndpointConfig members = members(config);
        assertThat(members.getInterfaces().isEnabled()).isTrue();
        assertThat(members.getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    }

    @Test
    void listedMemberTakesItsOwnPlaceAndNoOther() {
        Config config = configs.among(TWO, TWO.get(1));

        JoinConfig join = config.getAdvancedNetworkConfig().getJoin();
        assertLooksForNobodyByItself(join);
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1:15801", "127.0.0.1:15802");
        ServerSocketEndpointConfig members = members(config);
        assertThat(members.getPort()).isEqualTo(15802);
        assertThat(members.isReuseAddress()).isTrue();
        assertThat(members.getInterfaces().getInterfaces()).containsExactly("127.0.0.1");
    }

    @Test
    @Tag("S-53")
    void everyMemberIsHardened() {
        for (Config config : List.of(configs.alone(), configs.among(TWO, TWO.get(0)))) {
            assertThat(config.getClusterName()).isEqualTo("postern-shop");
            assertThat(config.getClassLoader()).isSameAs(MemberConfig.class.getClassLoader());
            assertThat(config.getJetConfig().isEnabled()).isFalse();
            assertThat(config.getSerializationConfig()
                            .getJavaSerializationFilterConfig()
                            .isDefaultsDisabled())
                    .isTrue();
            assertOurProperties(config);
            assertListensForMembersAlone(config.getAdvancedNetworkConfig());
        }
    }

    /** On one port, and not on the next one if it is taken. Clients, REST and Memcached have none. */
    private static void assertListensForMembersAlone(AdvancedNetworkConfig network) {
        assertThat(network.isEnabled()).isTrue();
        assertThat(network.getEndpointConfigs()).containsOnlyKeys(EndpointQualifier.MEMBER);
    }

    private static ServerSocketEndpointConfig members(Config config) {
        ServerSocketEndpointConfig members = (ServerSocketEndpointConfig) Objects.requireNonNull(
                config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER));
        assertThat(members.isPortAutoIncrement()).isFalse();
        return members;
    }

    @Test
    void fileIsCompletedWhereItSaysNothing() throws IOException {
        Config config = configs.of(file("own.xml", """
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                  <network><port auto-increment="false">15803</port></network>
                </hazelcast>
                """));

        assertLooksForNobodyByItself(config.getNetworkConfig().getJoin());
        assertThat(config.getClusterName()).isEqualTo("postern-shop");
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(15803);
        assertThat(config.getClassLoader()).isSameAs(MemberConfig.class.getClassLoader());
        assertOurProperties(config);
    }

    @Test
    void fileWinsWhereItSaysSomething() throws IOException {
        Config config = configs.of(file("own.yaml", """
                hazelcast:
                  cluster-name: shop-in-the-file
                  properties:
                    hazelcast.max.no.heartbeat.seconds: 20
                  network:
                    join:
                      auto-detection:
                        enabled: true
                """));

        assertLooksForNobodyByItself(config.getNetworkConfig().getJoin());
        assertThat(config.getClusterName()).isEqualTo("shop-in-the-file");
        assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("20");
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
    }

    @Test
    @Tag("P-43")
    void fileMayNotSwitchMulticastOn() throws IOException {
        HazelcastFile file = file("multicast.xml", """
                <hazelcast xmlns="http://www.hazelcast.com/schema/config">
                  <network><join><multicast enabled="true"/></join></network>
                </hazelcast>
                """);

        assertThatThrownBy(() -> configs.of(file))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("multicast");
    }

    @Test
    void fileCanBeAResourceOfTheApplication() {
        assertThat(configs.of(new HazelcastFile("hazelcast-test.xml")).getClusterName())
                .isEqualTo("from-the-class-path");
    }

    @Test
    @Tag("P-43")
    void fileThatIsMissingOrWrongIsNamed() throws IOException {
        HazelcastFile wrong = file("wrong.xml", "<hazelcast");

        assertThatThrownBy(() -> configs.of(new HazelcastFile("no-such-file.xml")))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("no-such-file.xml");
        assertThatThrownBy(() -> configs.of(wrong))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("wrong.xml");
    }

    private HazelcastFile file(String name, String text) throws IOException {
        return new HazelcastFile(
                Files.writeString(directory.resolve(name), text).toString());
    }

    private static void assertLooksForNobodyByItself(JoinConfig join) {
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
        assertThat(join.isAutoDetectionEnabled()).isFalse();
    }

    private static void assertOurProperties(Config config) {
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.jmx")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.operation.fail.on.indeterminate.state"))
                .isEqualTo("true");
        assertThat(config.getProperty("hazelcast.operation.call.timeout.millis"))
                .isEqualTo("5000");
        assertThat(config.getProperty("hazelcast.operation.backup.timeout.millis"))
                .isEqualTo("2000");
        assertThat(config.getProperty("hazelcast.heartbeat.interval.seconds")).isEqualTo("1");
        assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("10");
        assertThat(config.getProperty("hazelcast.merge.first.run.delay.seconds"))
                .isEqualTo("15");
        assertThat(config.getProperty("hazelcast.merge.next.run.delay.seconds")).isEqualTo("10");
        assertThat(config.getProperty("hazelcast.index.copy.behavior")).isEqualTo("COPY_ON_WRITE");
        assertThat(config.getProperty("hazelcast.shutdownhook.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.shutdownhook.policy")).isEqualTo("GRACEFUL");
        assertThat(config.getProperty("hazelcast.graceful.shutdown.max.wait")).isEqualTo("60");
    }
}
