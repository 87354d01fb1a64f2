package dev.postern.hazelcast.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.instance.impl.LifecycleServiceImpl;
import dev.postern.Ending;
import dev.postern.SessionOver;
import dev.postern.hazelcast.Heard;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every node reports each ended session once, also those that another node ended. */
@Tag("X-26")
class TombstoneWatcherTest {

    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void membersAndClientsHearOnceWhoeverEndedTheSession() {
        try (TestCluster cluster = TestCluster.ofTwoForClients()) {
            cluster.addClient();
            List<Heard> nodes =
                    List.of(Heard.at(cluster.grid(0)), Heard.at(cluster.grid(1)), Heard.at(cluster.grid(2)));

            for (int node = 0; node < 3; node++) {
                RowKey key = live(cluster.cache(node));
                end(cluster.cache(node), key);
                nodes.forEach(heard -> heard.awaits(key));
            }

            nodes.forEach(heard -> assertThat(heard.all())
                    .hasSize(3)
                    .extracting(SessionOver::reason)
                    .containsOnly(Ending.SIGNED_OUT));
        }
    }

    @Test
    void tombstoneOfAnAbsentRowIsHeardOf() {
        try (TestCluster cluster = TestCluster.alone()) {
            Heard heard = Heard.at(cluster.grid(0));
            RowKey key = TestRows.key();

            cluster.cache(0).create(key, TestRows.tombstone(cluster.cache(0).now(), LONG), soon());

            heard.awaits(key);
        }
    }

    @Test
    void endFromBeforeTheStartIsNotHeardOfAgain() {
        Queue<RowKey> ended = new ConcurrentLinkedQueue<>();
        Heard heard = new Heard();
        try (TestCluster cluster = TestCluster.alone()) {
            CredentialsCache cache = cluster.cache(0);
            cluster.grid(0).watch(RowCodec.plain(), (key, tombstone) -> ended.add(key), heard);
            RowKey old = TestRows.key();
            cache.create(old, TestRows.tombstone(cache.now().minusSeconds(60), LONG), soon());
            RowKey last = live(cache);
            end(cache, last);

            heard.awaits(last);

            assertThat(heard.all()).hasSize(1);
            assertThat(ended).containsExactly(last);
        }
    }

    @Test
    void nothingElseIsHeardOf() {
        try (TestCluster cluster = TestCluster.alone()) {
            Heard heard = Heard.at(cluster.grid(0));
            CredentialsCache cache = cluster.cache(0);
            RowKey used = live(cache);
            swap(cache, used, TestRows.live(cache.now(), LONG));
            RowKey ended = live(cache);
            end(cache, ended);
            swap(cache, ended, TestRows.tombstone(cache.now(), LONG));
            cluster.map().setTtl(ended.text(), 1000, TimeUnit.SECONDS);
            cluster.map().set("strange", "no row");
            cluster.map().set("strange", List.of(1));

            RowKey last = live(cache);
            end(cache, last);
            heard.awaits(last);

            assertThat(heard.all()).hasSize(2);
        }
    }

    @Test
    void whatCouldNotWaitIsFoundByALook() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        Queue<RowKey> ended = new ConcurrentLinkedQueue<>();
        try (TestCluster cluster = TestCluster.alone()) {
            Heard heard = new Heard();
            cluster.grid(0).watch(RowCodec.plain(), (key, tombstone) -> ended.add(key), over -> {
                await(free);
                heard.accept(over);
                throw new IllegalStateException("A listener that fails keeps nothing from the others.");
            });
            CredentialsCache cache = cluster.cache(0);
            List<RowKey> keys = TestRows.keys(TombstoneWatcher.WAITING + 100);
            keys.forEach(key -> cache.create(key, TestRows.tombstone(cache.now(), LONG), soon()));

            free.countDown();

            keys.forEach(heard::awaits);
            assertThat(heard.all()).hasSameSizeAs(keys);
            assertThat(ended).containsAll(keys);
        }
    }

    @Test
    void nodeThatHasMergedLooksForWhatItMissed() {
        try (TestCluster cluster = TestCluster.alone()) {
            CredentialsCache cache = cluster.cache(0);
            RowKey old = TestRows.key();
            RowKey missed = TestRows.key();
            cache.create(old, TestRows.tombstone(cache.now().minusSeconds(60), LONG), soon());
            cache.create(missed, TestRows.tombstone(cache.now().plusSeconds(60), LONG), soon());
            Heard heard = new Heard();
            Queue<RowKey> ended = new ConcurrentLinkedQueue<>();
            cluster.grid(0).watch(RowCodec.plain(), (key, tombstone) -> ended.add(key), heard);
            LifecycleServiceImpl lifecycle =
                    (LifecycleServiceImpl) cluster.member().getLifecycleService();

            lifecycle.fireLifecycleEvent(LifecycleState.MERGED);
            heard.awaits(missed);
            lifecycle.fireLifecycleEvent(LifecycleState.MERGED);
            RowKey last = live(cache);
            end(cache, last);
            heard.awaits(last);

            assertThat(heard.all()).hasSize(2);
            assertThat(ended).containsOnly(missed, last);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static RowKey live(CredentialsCache cache) {
        RowKey key = TestRows.key();
        assertThat(cache.create(key, TestRows.live(cache.now(), LONG), soon())).isTrue();
        return key;
    }

    private static void end(CredentialsCache cache, RowKey key) {
        swap(cache, key, TestRows.tombstone(cache.now(), LONG));
    }

    private static void swap(CredentialsCache cache, RowKey key, byte[] next) {
        byte[] seen = cache.read(key, soon()).orElseThrow();
        assertThat(cache.swap(key, seen, next, soon())).isTrue();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
