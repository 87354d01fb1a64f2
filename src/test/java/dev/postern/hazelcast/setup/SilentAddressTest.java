package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A member connects to an address that takes connections and never answers, as a frozen process does. */
class SilentAddressTest {

    private static final int READS = 150;
    private static final int MILLIS_BETWEEN_READS = 20;

    private final MemberConfig configs = new MemberConfig("test-" + UUID.randomUUID());
    private final List<MemberAddress> places = FreePlaces.on("127.0.0.1", 2);
    private final CountDownLatch never = new CountDownLatch(1);
    private HazelcastInstance one;
    private HazelcastInstance other;

    @BeforeEach
    void start() {
        one = start(places.get(0));
        other = start(places.get(1));
    }

    @AfterEach
    void stop() {
        other.getLifecycleService().terminate();
        one.getLifecycleService().terminate();
    }

    @Test
    @Tag("HZ-63")
    void silencesNoOtherMember() throws Exception {
        IMap<String, String> rows = one.getMap("rows");
        String key = keyOf(other.getCluster().getLocalMember());
        rows.set(key, "row");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Socket connection = connectionTo(silent)) {
            assertThat(connection.getInputStream().readNBytes(3)).isEqualTo(new byte[] {'H', 'Z', 'C'});

            for (int i = 0; i < READS; i++) { // for as long as the member waits for an answer to its first message
                assertThat(rows.getAsync(key).toCompletableFuture().get(3, TimeUnit.SECONDS))
                        .isEqualTo("row");
                assertThat(never.await(MILLIS_BETWEEN_READS, TimeUnit.MILLISECONDS))
                        .isFalse();
            }
        }
    }

    private Socket connectionTo(ServerSocket silent) throws IOException {
        silent.setSoTimeout(20_000);
        one.getConfig()
                .getAdvancedNetworkConfig()
                .getJoin()
                .getTcpIpConfig()
                .addMember("127.0.0.1:" + silent.getLocalPort());
        return silent.accept();
    }

    private String keyOf(Member owner) {
        return IntStream.range(0, 1000)
                .mapToObj(Integer::toString)
                .filter(key ->
                        owner.equals(one.getPartitionService().getPartition(key).getOwner()))
                .findFirst()
                .orElseThrow();
    }

    /** With one thread for all that is sent, and none is sent by the thread that calls. */
    private HazelcastInstance start(MemberAddress place) {
        Config config = configs.among(places, place)
                .setProperty("hazelcast.io.output.thread.count", "1")
                .setProperty("hazelcast.io.write.through", "false")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "1")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        return Hazelcast.newHazelcastInstance(config);
    }
}
