package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.call.CallMetrics;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an operator sees of the grid. */
class GridHealthTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void gridIsReadyWithEnoughMembersAndUntilItStops() {
        try (TestCluster cluster = TestCluster.readyForClients()) {
            Grid first = cluster.add(2);
            assertThat(first.health().isReady(SOON)).isFalse();

            Grid second = cluster.add(2);
            assertThat(first.health().isReady(SOON)).isTrue();
            assertThat(cluster.addClient().health().isReady(SOON)).isTrue();

            second.close();
            assertThat(second.health().isReady(SOON)).isFalse();
            assertThat(second.health().ownedRows()).isEmpty();
        }
    }

    @Test
    void everyRowHasOneOwner() {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            Grid client = cluster.addClient();
            CredentialsCache cache = cluster.cache(0);
            TestRows.keys(20).forEach(key -> cache.create(key, TestRows.live(cache.now(), SOON), Deadline.in(SOON)));

            assertThat(IntStream.range(0, 2)
                            .mapToLong(node ->
                                    cluster.grid(node).health().ownedRows().orElseThrow())
                            .sum())
                    .isEqualTo(20);
            assertThat(client.health().ownedRows()).isEmpty();
        }
    }

    @Test
    void answersAndLostSwapsAreCounted() {
        try (TestCluster cluster = TestCluster.alone()) {
            CredentialsCache cache = cluster.cache(0);
            RowKey key = TestRows.key();
            byte[] row = TestRows.live(cache.now(), SOON);
            byte[] next = TestRows.live(cache.now(), SOON);
            cache.create(key, row, Deadline.in(SOON));

            assertThat(cache.swap(key, next, row, Deadline.in(SOON))).isFalse();
            assertThat(cache.swap(key, row, row, Deadline.in(SOON))).isTrue();

            CallMetrics.Snapshot counted = cluster.grid(0).callMetrics().snapshot();
            assertThat(counted.lostSwaps()).isEqualTo(1);
            assertThat(counted.timeouts()).isZero();
            assertThat(counted.failures()).isZero();
            assertThat(counted.latency().calls()).isEqualTo(3);
            assertThat(counted.latency().max()).isPositive();
        }
    }

    @Test
    void timeoutsAreCountedApartFromOtherFailures() {
        CallMetrics metrics = new CallMetrics();

        assertThatThrownBy(() -> metrics.measure(() -> {
                    throw new PosternException("late", new TimeoutException());
                }))
                .isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> metrics.measure(() -> {
                    throw new PosternException("broken");
                }))
                .isInstanceOf(PosternException.class);

        assertThat(metrics.snapshot().timeouts()).isEqualTo(1);
        assertThat(metrics.snapshot().failures()).isEqualTo(1);
        assertThat(metrics.snapshot().latency().calls()).isZero();
    }

    @Test
    void percentilesAreRoundedUpToPowersOfTwo() {
        CallMetrics metrics = new CallMetrics();
        assertThat(metrics.snapshot().latency()).isEqualTo(new CallMetrics.Snapshot.Latency(0, 0, 0, 0, 0));

        IntStream.range(0, 99).forEach(i -> metrics.countAnswer(100));
        metrics.countAnswer(9000);
        assertThat(metrics.snapshot().latency()).isEqualTo(new CallMetrics.Snapshot.Latency(100, 189, 128, 128, 9000));

        metrics.countAnswer(9000);
        assertThat(metrics.snapshot().latency().percentile99()).isEqualTo(16384);
    }
}
