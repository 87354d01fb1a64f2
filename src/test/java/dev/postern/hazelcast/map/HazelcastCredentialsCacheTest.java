package dev.postern.hazelcast.map;

import static dev.postern.session.row.TestRows.LIFETIMES;
import static dev.postern.session.row.TestRows.live;
import static dev.postern.session.row.TestRows.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.HangingGrid;
import dev.postern.hazelcast.InterruptedMap;
import dev.postern.hazelcast.TestCluster;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.TestCalls;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises of the adapter beyond the port: with interleaved writers, and with a grid that hangs. */
class HazelcastCredentialsCacheTest {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration DAY = Duration.ofDays(1);

    private static final TestCluster CLUSTER = TestCluster.alone();

    private final RowKey key = TestRows.key();
    private final CredentialsCache cache = CLUSTER.cache(0);
    private final byte[] row = live(cache.now(), HALF_AN_HOUR);
    private final byte[] touched = live(cache.now(), HALF_AN_HOUR);
    private final byte[] buried = tombstone(cache.now(), DAY);

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @Test
    @Tag("H-06")
    void givesATombstoneItsTimeBackThatALateTouchHasShortened() {
        cache.create(key, row, soon());
        CredentialsCache slow = interrupted("setTtl", () -> cache.swap(key, touched, buried, soon()));

        assertThat(slow.swap(key, row, touched, soon())).isTrue();

        assertThat(cache.read(key, soon())).hasValue(buried);
        Duration expected = LIFETIMES.timeToLive(key, buried, cache.now());
        assertThat(CLUSTER.timeLeft(key)).isBetween(expected.minusSeconds(3), expected.plusSeconds(3));
    }

    @Test
    void givesEachRowItsTimeBackThatComesInBetween() {
        byte[] second = live(cache.now(), Duration.ofDays(3));
        cache.create(key, row, soon());
        CredentialsCache slow = interrupted(
                "setTtl",
                () -> cache.swap(key, touched, second, soon()),
                () -> cache.swap(key, second, buried, soon()));

        assertThat(slow.swap(key, row, touched, soon())).isTrue();

        Duration expected = LIFETIMES.timeToLive(key, buried, cache.now());
        assertThat(CLUSTER.timeLeft(key)).isBetween(expected.minusSeconds(3), expected.plusSeconds(3));
    }

    @Test
    @Tag("D22")
    void givesARowItsTimeAgainThatAMergeHasShortened() {
        cache.create(key, row, soon());
        CLUSTER.map().setTtl(key.text(), 60, TimeUnit.SECONDS);

        assertThat(cache.retain(key, row, soon())).isTrue();

        assertThat(CLUSTER.timeLeft(key)).isGreaterThan(HALF_AN_HOUR);
    }

    @Test
    @Tag("D22")
    void retainsARowThatHasItsTimeWithoutAWrite() {
        cache.create(key, row, soon());
        long version = version();

        assertThat(cache.retain(key, row, soon())).isTrue();

        assertThat(version()).isEqualTo(version);
    }

    @Test
    @Tag("D6")
    void writesARowThatIsSwappedForItselfSoThatItHasItsBackups() {
        cache.create(key, row, soon());
        long version = version();

        assertThat(cache.swap(key, row, row, soon())).isTrue();

        assertThat(version()).isGreaterThan(version);
    }

    @Test
    void retainsNothingThatDoesNotStand() {
        assertThat(cache.retain(key, row, soon())).isFalse();
        cache.create(key, touched, soon());
        assertThat(cache.retain(key, row, soon())).isFalse();
    }

    private long version() {
        return CLUSTER.map().getEntryView(key.text()).getVersion();
    }

    @Test
    void isBrokenWhenTheRowVanishesBeforeItHasItsTime() {
        cache.create(key, row, soon());
        CredentialsCache slow = interrupted("setTtl", () -> CLUSTER.map().delete(key.text()));

        assertThatThrownBy(() -> slow.swap(key, row, touched, soon()))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("is gone");
        assertThat(cache.read(key, soon())).isEmpty();
    }

    @Test
    void isBrokenWhenTheRowVanishesBeforeItIsReadAgain() {
        cache.create(key, row, soon());
        CredentialsCache slow = interrupted("get", () -> CLUSTER.map().delete(key.text()));

        assertThatThrownBy(() -> slow.swap(key, row, touched, soon())).isInstanceOf(PosternException.class);
    }

    @Test
    @Tag("P-118")
    @Tag("X-28")
    void leavesAtItsDeadlineWhenTheGridHangs() throws Exception {
        cache.create(key, row, soon());
        try (HangingGrid hanging = HangingGrid.at(CLUSTER.map(), key)) {
            assertThatThrownBy(() -> cache.read(key, shortly()))
                    .isInstanceOf(PosternException.class)
                    .hasMessage("The grid did not answer in time (postern.cache.timeout).");
            assertThatThrownBy(() -> cache.swap(key, row, touched, shortly()))
                    .isInstanceOf(PosternException.class)
                    .hasMessage("The grid did not answer in time (postern.cache.timeout).");
            assertThatThrownBy(() -> cache.create(key, row, shortly()))
                    .isInstanceOf(PosternException.class)
                    .hasMessage("The grid did not answer in time (postern.cache.timeout).");
            assertThat(hanging.isStillHanging()).isTrue();
        }
        assertThat(cache.read(key, soon())).isPresent();
    }

    @Test
    void leavesAtOnceWhenTheDeadlineHasPassed() throws Exception {
        cache.create(key, row, soon());
        try (HangingGrid hanging = HangingGrid.at(CLUSTER.map(), key)) {
            Deadline passed = Deadline.in(Duration.ofSeconds(-1));
            assertThatThrownBy(() -> cache.read(key, passed)).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> cache.swap(key, row, touched, passed)).isInstanceOf(PosternException.class);
            assertThat(hanging.isStillHanging()).isTrue();
        }
    }

    @Test
    void leavesAndStaysInterruptedWhenItIsInterrupted() throws Exception {
        cache.create(key, row, soon());
        try (HangingGrid hanging = HangingGrid.at(CLUSTER.map(), key)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> cache.read(key, soon())).isInstanceOf(PosternException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThatThrownBy(() -> cache.swap(key, row, touched, soon())).isInstanceOf(PosternException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(hanging.isStillHanging()).isTrue();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    @Tag("P-38")
    @Tag("X-24")
    @Tag("HZ-21")
    void showsAForeignValueAsARowThatNobodyCanRead() {
        CLUSTER.map().put(key.text(), "not a row");
        assertThat(cache.read(key, soon())).hasValue(new byte[0]);

        assertThat(cache.swap(key, touched, row, soon())).isFalse();
    }

    @Test
    @Tag("P-38")
    @Tag("X-24")
    @Tag("HZ-21")
    void showsAValueOfAnUnknownClassAsARowThatNobodyCanRead() {
        IMap<String, Object> plain = CLUSTER.member().getMap("without an index, which would look at the value");
        plain.put(key.text(), new Unreadable());

        assertThat(over(plain).read(key, soon())).hasValue(new byte[0]);
    }

    @Test
    @Tag("B7")
    void replacesAValueOfAStrangeType() {
        IMap<String, Object> plain = CLUSTER.member().getMap("with a value of a strange type");
        plain.put(key.text(), "a text");
        CredentialsCache strange = over(plain);
        byte[] seen = strange.read(key, soon()).orElseThrow();

        assertThat(strange.swap(key, new byte[] {1}, row, soon())).isFalse();
        assertThat(strange.swap(key, seen, row, soon())).isTrue();
        assertThat(strange.read(key, soon())).hasValue(row);
        assertThat(strange.swap(key, seen, touched, soon())).isFalse();
    }

    @Test
    @Tag("P-118")
    @Tag("X-28")
    @Tag("HZ-17")
    void isBrokenWhenTheInstanceHasStopped() {
        TestCluster gone = TestCluster.alone();
        CredentialsCache stopped = gone.cache(0);
        gone.instances().get(0).shutdown();
        try {
            assertThatThrownBy(() -> stopped.read(key, soon())).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> stopped.create(key, row, soon())).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> stopped.swap(key, row, touched, soon())).isInstanceOf(PosternException.class);
            assertThat(stopped.now()).isAfter(cache.now().minus(DAY));
        } finally {
            gone.close();
        }
    }

    @Test
    void isBrokenWhenTheGridIsClosed() {
        TestCluster gone = TestCluster.alone();
        CredentialsCache stopped = gone.cache(0);
        gone.close();

        assertThatThrownBy(() -> stopped.read(key, soon())).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> stopped.swap(key, row, touched, soon())).isInstanceOf(PosternException.class);
    }

    @Test
    @Tag("P-44")
    @Tag("X-36")
    @Tag("D17")
    void answersOnlyWhileEnoughMembersAreThere() throws Exception {
        try (TestCluster two = TestCluster.ready()) {
            two.add(2);
            CredentialsCache strict = two.cache(0);
            assertThatThrownBy(() -> strict.read(key, soon()))
                    .isInstanceOf(PosternException.class)
                    .hasMessageContaining("postern.cache.minimum-members");
            assertThatThrownBy(() -> strict.create(key, row, soon())).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> strict.swap(key, row, row, soon())).isInstanceOf(PosternException.class);

            two.addMember();
            assertThat(strict.create(key, row, soon())).isTrue();

            CountDownLatch left = new CountDownLatch(1);
            two.instances().forEach(member -> member.getCluster().addMembershipListener(new Leaving(left)));
            two.grid(1).close();
            assertThat(left.await(1, TimeUnit.MINUTES)).isTrue();
            assertThatThrownBy(() -> strict.read(key, soon())).isInstanceOf(PosternException.class);
        }
    }

    /** An adapter whose map runs an action of another writer before each of its first calls of this name. */
    private static CredentialsCache interrupted(String method, Runnable... between) {
        return over(InterruptedMap.before(CLUSTER.map(), method, between));
    }

    private static CredentialsCache over(IMap<String, Object> map) {
        CallThreads threads = new CallThreads("unused");
        GridCalls calls = TestCalls.to(CLUSTER.member(), threads);
        return new HazelcastCredentialsCache(
                () -> map, calls, new ClusterClock(() -> CLUSTER.member(), InstantSource.system()), LIFETIMES);
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    private static Deadline shortly() {
        return Deadline.in(Duration.ofMillis(100));
    }

    private record Leaving(CountDownLatch left) implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {}

        @Override
        public void memberRemoved(MembershipEvent event) {
            left.countDown();
        }
    }

    /** Can be serialized, but not deserialized. */
    private static final class Unreadable implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException {
            throw new IOException("unreadable");
        }
    }
}
