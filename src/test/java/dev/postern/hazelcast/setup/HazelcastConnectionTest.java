package dev.postern.hazelcast.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.postern.PosternException;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.hazelcast.Grid;
import dev.postern.hazelcast.Heard;
import dev.postern.hazelcast.LeakedThreads;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.token.KeyRing;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hazelcast stops inside a running node, as it does by itself after an {@code OutOfMemoryError}. */
@Tag("B5")
class HazelcastConnectionTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    @Test
    void memberThatIsAloneIsStartedAgain() {
        try (TestCluster cluster = TestCluster.alone()) {
            Grid grid = cluster.grid(0);
            assertThat(grid.claim("application shop", false, PATIENCE)).isEmpty();
            CredentialsCache cache = cluster.cache(0);
            Supplier<KeyRing> keys = grid.clusterKeys(new SecureRandom(), PATIENCE);
            KeyRing before = keys.get();
            Heard heard = Heard.at(grid);
            HazelcastInstance stopped = cluster.member();

            stopped.getLifecycleService().terminate();

            assertThatThrownBy(() -> cache.read(TestRows.key(), soon())).isInstanceOf(PosternException.class);
            assertThat(grid.health().isReady(Duration.ofSeconds(1))).isFalse();
            await(() -> grid.health().isReady(Duration.ofSeconds(1)));
            assertThat(cluster.member()).isNotSameAs(stopped);
            RowKey key = TestRows.key();
            byte[] row = TestRows.live(cache.now(), LONG);
            assertThat(cache.create(key, row, soon())).isTrue();
            assertThat(cluster.timeLeft(key)).isPositive();
            assertThat(cache.swap(key, row, TestRows.tombstone(cache.now(), LONG), soon()))
                    .isTrue();
            heard.awaits(key);
            assertThat(keys.get()).isNotSameAs(before);
            assertThat(cluster.map().getLocalMapStats().getOwnedEntryCount()).isEqualTo(1);
        }
    }

    @Test
    void memberOfAClusterTakesItsPlaceAgain() {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            RowKey key = TestRows.key();
            CredentialsCache cache = cluster.cache(0);
            byte[] row = TestRows.live(cache.now(), LONG);
            assertThat(cache.create(key, row, soon())).isTrue();

            cluster.member().getLifecycleService().terminate();

            await(() -> {
                boolean isReady = cluster.grid(0).health().isReady(Duration.ofSeconds(1))
                        && cluster.grid(1).health().isReady(Duration.ofSeconds(1));
                return isReady
                        && cluster.instances().size() == 2
                        && cluster.member().getCluster().getMembers().size() == 2;
            });
            assertThat(cluster.cache(0).read(key, soon())).hasValue(row);
            assertThat(cluster.cache(1).read(key, soon())).hasValue(row);
        }
    }

    @Test
    void clientConnectsAgain() {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            Grid client = cluster.addClient();
            HazelcastInstance stopped = HazelcastClient.getAllHazelcastClients().stream()
                    .findFirst()
                    .orElseThrow();

            stopped.shutdown();

            await(() -> client.health().isReady(Duration.ofSeconds(1)));
        }
    }

    @Test
    void instanceOfTheServerIsLookedUpAgain() {
        HazelcastInstance before = Hazelcast.newHazelcastInstance(server());
        HazelcastSettings settings =
                new HazelcastSettings(HazelcastSettings.Source.SERVER, Optional.empty(), List.of(), 2, 1);
        try (FakeNaming naming = FakeNaming.bind("payara/Hazelcast", before);
                Grid grid = Grid.openOnAnyVersion("guest", settings, TestRows.LIFETIMES)) {
            CredentialsCache cache = grid.cache(TestRows.LIFETIMES, InstantSource.system());
            Heard heard = Heard.at(grid);

            before.shutdown();

            assertThatThrownBy(() -> cache.read(TestRows.key(), soon())).isInstanceOf(PosternException.class);
            int lookUps = naming.lookUps();
            await(() -> naming.lookUps() > lookUps + 2); // for longer than the watch waits for an event
            assertThat(grid.health().isReady(Duration.ofSeconds(1))).isFalse();
            HazelcastInstance after = Hazelcast.newHazelcastInstance(server());
            try (FakeNaming again = FakeNaming.bind("payara/Hazelcast", after)) {
                await(() -> grid.health().isReady(Duration.ofSeconds(1)));
                assertThat(again.lookUps()).isPositive();
                RowKey key = TestRows.key();
                assertThat(cache.create(key, TestRows.tombstone(cache.now(), LONG), soon()))
                        .isTrue();
                heard.awaits(key);
            } finally {
                after.shutdown();
            }
        }
    }

    @Test
    void gridThatIsClosedStartsNothing() throws Exception {
        TestCluster cluster = TestCluster.alone();
        cluster.member().getLifecycleService().terminate();
        assertThat(cluster.grid(0).health().isReady(Duration.ofSeconds(1))).isFalse();

        cluster.close();

        LeakedThreads.awaitNoThread(cluster.namespace(), Duration.ofSeconds(10));
        assertThat(cluster.instances()).isEmpty();
    }

    private static Config server() {
        return new MemberConfig("server-" + UUID.randomUUID()).alone();
    }

    private static void await(BooleanSupplier condition) {
        Deadline patience = Deadline.in(PATIENCE);
        while (!condition.getAsBoolean() && patience.nanosLeft() > 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
