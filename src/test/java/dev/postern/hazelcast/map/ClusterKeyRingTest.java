package dev.postern.hazelcast.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import dev.postern.PosternException;
import dev.postern.hazelcast.TestCluster;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.ClusterChanges;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.TestCalls;
import dev.postern.hazelcast.setup.FreePlaces;
import dev.postern.hazelcast.setup.MapConfigs;
import dev.postern.hazelcast.setup.MemberAddress;
import dev.postern.hazelcast.setup.MemberConfig;
import dev.postern.session.token.KeyRing;
import dev.postern.session.token.TestRings;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClusterKeyRingTest {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void allNodesAgree() {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            cluster.addClient();

            KeyRing first = keys(cluster, 0).get();

            assertThat(bytes(cluster)).hasSize(2 * KeyRing.KEY_BYTES);
            assertThat(TestRings.areEqual(first, keys(cluster, 1).get())).isTrue();
            assertThat(TestRings.areEqual(first, keys(cluster, 2).get())).isTrue();
        }
    }

    @Test
    void staysTheSameUntilTheClusterChanges() {
        try (TestCluster cluster = TestCluster.alone()) {
            Supplier<KeyRing> keys = keys(cluster, 0);

            assertThat(keys.get()).isSameAs(keys.get());
        }
    }

    @Test
    @Tag("S-05")
    void differsFromClusterToCluster() {
        try (TestCluster one = TestCluster.alone();
                TestCluster other = TestCluster.alone()) {
            assertThat(TestRings.areEqual(keys(one, 0).get(), keys(other, 0).get()))
                    .isFalse();
        }
    }

    @Test
    void lastsAsLongAsTheClusterDoes() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            KeyRing first = keys(cluster, 0).get();

            cluster.grid(0).close();
            cluster.addMember();
            cluster.grid(1).close();

            assertThat(TestRings.areEqual(first, keys(cluster, 2).get())).isTrue();
        }
    }

    @Test
    void isBrokenWhenTheGridIs() {
        TestCluster cluster = TestCluster.alone();
        Supplier<KeyRing> keys = keys(cluster, 0);
        cluster.close();

        assertThatThrownBy(keys::get).isInstanceOf(PosternException.class);
    }

    /** Two clusters of one member each that find each other only later, as after a split (D23). */
    @Test
    @Tag("D23")
    void agreesAfterAMerge() throws Exception {
        List<MemberAddress> places = FreePlaces.on("127.0.0.1", 2);
        MemberConfig configs = new MemberConfig("test-" + UUID.randomUUID());
        HazelcastInstance one = start(configs, places.get(0));
        HazelcastInstance other = start(configs, places.get(1));
        CountDownLatch merged = new CountDownLatch(1);
        for (HazelcastInstance member : List.of(one, other)) {
            member.getLifecycleService().addLifecycleListener(event -> {
                if (event.getState() == LifecycleState.MERGED) {
                    merged.countDown();
                }
            });
        }
        try (CallThreads threads = new CallThreads("merge");
                ClusterChanges changesOfOne = new ClusterChanges(() -> one);
                ClusterChanges changesOfOther = new ClusterChanges(() -> other)) {
            Supplier<KeyRing> onOne = keys(one, threads, changesOfOne);
            Supplier<KeyRing> onOther = keys(other, threads, changesOfOther);
            assertThat(TestRings.areEqual(onOne.get(), onOther.get())).isFalse();

            introduce(one, places.get(1));
            introduce(other, places.get(0));

            assertThat(merged.await(1, TimeUnit.MINUTES)).isTrue();
            assertThat(one.getCluster().getMembers()).hasSize(2);
            assertThat(agreeSoon(onOne, onOther)).isTrue();
        } finally {
            one.shutdown();
            other.shutdown();
        }
    }

    /** Listeners are called in any order, so that ours may learn of the merge after the one of the test. */
    private static boolean agreeSoon(Supplier<KeyRing> one, Supplier<KeyRing> other) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 100; i++) {
            if (TestRings.areEqual(one.get(), other.get())) {
                return true;
            }
            assertThat(never.await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
        return false;
    }

    private static Supplier<KeyRing> keys(HazelcastInstance member, CallThreads threads, ClusterChanges changes) {
        GridCalls calls = TestCalls.to(member, threads);
        return new ClusterKeyRing(() -> member.getMap("postern.keys.merge"), calls, changes, RANDOM, PATIENCE);
    }

    private static HazelcastInstance start(MemberConfig configs, MemberAddress place) {
        Config config = configs.among(List.of(place), place)
                .addMapConfig(new MapConfigs("merge", 2, Duration.ofHours(1)).keysConfig())
                .setProperty("hazelcast.merge.first.run.delay.seconds", "1")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        return Hazelcast.newHazelcastInstance(config);
    }

    private static void introduce(HazelcastInstance member, MemberAddress stranger) {
        member.getConfig().getAdvancedNetworkConfig().getJoin().getTcpIpConfig().addMember(stranger.toString());
    }

    private static Supplier<KeyRing> keys(TestCluster cluster, int node) {
        return cluster.grid(node).clusterKeys(RANDOM, PATIENCE);
    }

    private static byte[] bytes(TestCluster cluster) {
        Object stored = cluster.member()
                .getMap("postern.keys." + cluster.namespace())
                .values()
                .iterator()
                .next();
        return (byte[]) stored;
    }
}
