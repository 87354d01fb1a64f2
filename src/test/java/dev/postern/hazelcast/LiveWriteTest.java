package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.NodeEngineImpl;
import com.hazelcast.spi.impl.PartitionSpecificRunnable;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A member of ours and a write whose backup does not answer: what it reports, and how long it waits. */
class LiveWriteTest {

    @Test
    @Tag("D6")
    @Tag("HZ-18")
    @Tag("H-09")
    void isUnknownWhenItsBackupDoesNotAnswer() throws Exception {
        try (TestCluster cluster = TestCluster.ofTwo()) {
            CredentialsCache cache = cluster.cache(0);
            RowKey key = TestRows.key();
            byte[] row = TestRows.live(cache.now(), Duration.ofMinutes(30));
            HazelcastInstance backup = cluster.instances().stream()
                    .filter(member -> !member.getCluster().getLocalMember().equals(owner(member, key)))
                    .findFirst()
                    .orElseThrow();
            try (FrozenPartition frozen = FrozenPartition.of(backup, key)) {
                assertThatThrownBy(() -> cache.create(key, row, Deadline.in(Duration.ofSeconds(20))))
                        .isInstanceOf(PosternException.class)
                        .hasCauseInstanceOf(IndeterminateOperationStateException.class);
                assertThat(frozen.isFrozen()).isTrue();
            }
        }
    }

    @Test
    @Tag("D9")
    void memberHasTheTimesThatItWasGiven() {
        try (TestCluster cluster = TestCluster.alone()) {
            HazelcastProperties live = engine(cluster.member()).getProperties();

            assertThat(live.getBoolean(ClusterProperty.FAIL_ON_INDETERMINATE_OPERATION_STATE))
                    .isTrue();
            assertThat(live.getMillis(ClusterProperty.OPERATION_CALL_TIMEOUT_MILLIS))
                    .isEqualTo(5000);
            assertThat(live.getMillis(ClusterProperty.OPERATION_BACKUP_TIMEOUT_MILLIS))
                    .isEqualTo(2000);
            assertThat(live.getSeconds(ClusterProperty.MAX_NO_HEARTBEAT_SECONDS))
                    .isEqualTo(10);
            assertThat(live.getSeconds(ClusterProperty.HEARTBEAT_INTERVAL_SECONDS))
                    .isEqualTo(1);
        }
    }

    private static Object owner(HazelcastInstance member, RowKey key) {
        return member.getPartitionService().getPartition(key.text()).getOwner();
    }

    private static NodeEngineImpl engine(HazelcastInstance member) {
        return ((HazelcastInstanceProxy) member).getOriginal().node.getNodeEngine();
    }

    /** Stops one member from doing anything with one row, until this is closed. */
    private record FrozenPartition(CountDownLatch frozen, CountDownLatch release) implements AutoCloseable {

        static FrozenPartition of(HazelcastInstance member, RowKey key) throws InterruptedException {
            FrozenPartition partition = new FrozenPartition(new CountDownLatch(1), new CountDownLatch(1));
            int number = member.getPartitionService().getPartition(key.text()).getPartitionId();
            engine(member).getOperationService().execute(partition.task(number));
            partition.frozen.await(1, TimeUnit.MINUTES);
            return partition;
        }

        boolean isFrozen() {
            return frozen.getCount() == 0 && release.getCount() == 1;
        }

        private PartitionSpecificRunnable task(int number) {
            return new PartitionSpecificRunnable() {
                @Override
                public int getPartitionId() {
                    return number;
                }

                @Override
                public void run() {
                    frozen.countDown();
                    try {
                        release.await(1, TimeUnit.MINUTES);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            };
        }

        @Override
        public void close() {
            release.countDown();
        }
    }
}
