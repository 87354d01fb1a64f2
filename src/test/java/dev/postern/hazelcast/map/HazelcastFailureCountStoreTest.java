package dev.postern.hazelcast.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MapConfig;
import com.hazelcast.map.IMap;
import dev.postern.PosternException;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.throttle.AttemptKeys;
import dev.postern.session.throttle.FailureCount;
import dev.postern.session.throttle.FailureCountStore;
import dev.postern.session.throttle.SignInThrottle;
import dev.postern.session.throttle.SignInThrottle.Admission;
import dev.postern.session.throttle.SignInThrottle.Admitted;
import dev.postern.session.throttle.ThrottleLimits;
import dev.postern.session.token.Handle;
import dev.postern.testing.Race;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Failure counts on two members. */
@Tag("S-22")
class HazelcastFailureCountStoreTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private static TestCluster cluster;

    private final TestSessions sessions = new TestSessions();
    private final FailureCountStore one = counts(0);
    private final FailureCountStore other = counts(1);
    private final Instant now = one.now();
    private volatile Instant time = now;

    @BeforeAll
    static void start() {
        cluster = TestCluster.ofTwo();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void whatOneNodeCountsTheOtherSees(TestInfo test) {
        Handle key = key(test);

        assertThat(read(one, key)).isEqualTo(Map.of(key, FailureCount.NONE));
        assertThat(make(one, swap(key, FailureCount.NONE, new FailureCount(1, now))))
                .containsExactly(key);

        assertThat(read(other, key)).isEqualTo(Map.of(key, new FailureCount(1, now)));
    }

    @Test
    void swapIsLostWhenAnotherTallyIsThereByNow(TestInfo test) {
        Handle key = key(test);
        make(one, swap(key, FailureCount.NONE, new FailureCount(1, now)));
        make(one, swap(key, new FailureCount(1, now), new FailureCount(2, now)));

        assertThat(make(other, swap(key, FailureCount.NONE, new FailureCount(1, now))))
                .isEmpty();
        assertThat(make(other, swap(key, new FailureCount(1, now), new FailureCount(9, now))))
                .isEmpty();
        assertThat(read(other, key)).containsEntry(key, new FailureCount(2, now));
    }

    @Test
    void oneLostSwapDoesNotKeepTheOthersFromBeingMade(TestInfo test) {
        Handle key = key(test);
        Handle next = sessions.mint().userHandle("next");

        assertThat(make(
                        one,
                        swap(key, new FailureCount(3, now), new FailureCount(4, now)),
                        swap(next, FailureCount.NONE, new FailureCount(1, now))))
                .containsExactly(next);
    }

    @Test
    void everyTallyIsKeptForItsLifeWhicheverWayItWasWritten(TestInfo test) {
        Handle key = key(test);
        make(one, swap(key, FailureCount.NONE, new FailureCount(1, now)));
        assertThat(timeLeft(key)).isBetween(LIFE.minusSeconds(30), LIFE.plusSeconds(1));

        make(
                one,
                new FailureCountStore.CountSwap(
                        key, new FailureCount(1, now), new FailureCount(0, now), Duration.ZERO));
        assertThat(timeLeft(key)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void mapHasABoundAndKeepsNothingForEver() {
        MapConfig live = cluster.member().getConfig().findMapConfig(map().getName());

        assertThat(live.getEvictionConfig().getEvictionPolicy()).isEqualTo(EvictionPolicy.LRU);
        assertThat(live.getEvictionConfig().getSize()).isEqualTo(200_000);
        assertThat(live.getTimeToLiveSeconds()).isEqualTo(86_400);
        assertThat(live.getBackupCount()).isEqualTo(1);
    }

    @Test
    void gridThatIsGoneIsNoEmptyTally() {
        TestCluster gone = TestCluster.alone();
        FailureCountStore counts = gone.grid(0).failureCounts(PATIENCE, InstantSource.system());
        gone.close();

        assertThatThrownBy(() -> read(counts, sessions.mint().userHandle("ann")))
                .isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> make(
                        counts, swap(sessions.mint().userHandle("ann"), FailureCount.NONE, new FailureCount(1, now))))
                .isInstanceOf(PosternException.class);
    }

    @Test
    void nobodyWaitsForTheGridBeyondTheDeadline(TestInfo test) {
        Handle key = key(test);
        map().lock(key.text());
        try {
            assertThatThrownBy(() -> one.swap(
                            List.of(swap(key, FailureCount.NONE, new FailureCount(1, now))),
                            Deadline.in(Duration.ofMillis(100))))
                    .isInstanceOf(PosternException.class);
        } finally {
            map().unlock(key.text());
        }
    }

    @Test
    void whatNobodyCanReadLetsNobodyIn(TestInfo test) {
        Handle key = key(test);
        map().set(key.text(), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> read(one, key)).isInstanceOf(PosternException.class);
        map().set(key.text(), "a text");
        assertThatThrownBy(() -> read(one, key)).isInstanceOf(PosternException.class);
    }

    @Test
    void failuresThatRaceOnTwoNodesAreAllCountedUntilTheWaitIsTheLongest(TestInfo test) throws Exception {
        SignInThrottle.Attempt attempt = attempt(test);
        List<SignInThrottle> nodes = List.of(throttle(one), throttle(other));

        List<Boolean> made = Race.of(4, racer -> fails(nodes.get(racer % 2), attempt));
        assertThat(made).containsOnly(true);

        assertThat(fails(nodes.get(0), attempt)).as("the fifth is free").isTrue();
        assertThat(fails(nodes.get(1), attempt)).as("the sixth waits").isFalse();
    }

    /** After five failures one waits for a second. */
    @Test
    void ofAllThatArriveAfterAWaitOneIsLetThrough(TestInfo test) throws Exception {
        SignInThrottle.Attempt attempt = attempt(test);
        List<SignInThrottle> nodes = List.of(throttle(one), throttle(other));
        for (int tries = 0; tries < 5; tries++) {
            assertThat(fails(nodes.get(0), attempt)).isTrue();
        }
        time = time.plusSeconds(1);

        List<Boolean> made = Race.of(8, racer -> fails(nodes.get(racer % 2), attempt));

        assertThat(made).containsOnlyOnce(true);
    }

    /** The failure counts of the grid, with a clock that the test moves. */
    private record Clocked(FailureCountStore grid, InstantSource clock) implements FailureCountStore {

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public Deadline deadline() {
            return grid.deadline();
        }

        @Override
        public Map<Handle, FailureCount> read(Collection<Handle> keys, Deadline deadline) {
            return grid.read(keys, deadline);
        }

        @Override
        public Set<Handle> swap(Collection<FailureCountStore.CountSwap> swaps, Deadline deadline) {
            return grid.swap(swaps, deadline);
        }
    }

    private static Map<Handle, FailureCount> read(FailureCountStore counts, Handle key) {
        return counts.read(Set.of(key), counts.deadline());
    }

    private static Set<Handle> make(FailureCountStore counts, FailureCountStore.CountSwap... swaps) {
        return counts.swap(List.of(swaps), counts.deadline());
    }

    private static boolean fails(SignInThrottle throttle, SignInThrottle.Attempt attempt) {
        try (Admission admission = throttle.admit(attempt)) {
            if (admission instanceof Admitted admitted) {
                return admitted.recordFailure().isZero();
            }
            return false;
        }
    }

    private SignInThrottle throttle(FailureCountStore counts) {
        ThrottleLimits limits = ThrottleLimits.of(5, 100, Duration.ofMinutes(15));
        return new SignInThrottle(
                new Clocked(counts, () -> time),
                new AttemptKeys(sessions.mint(), Optional.of(limits), any -> false),
                new EventPublisher(event -> {}));
    }

    private static SignInThrottle.Attempt attempt(TestInfo test) {
        return new SignInThrottle.Attempt(Optional.of(test.getDisplayName()), "192.0.2.1", Optional.empty());
    }

    private static FailureCountStore counts(int node) {
        return cluster.grid(node).failureCounts(PATIENCE, InstantSource.system());
    }

    private static FailureCountStore.CountSwap swap(Handle key, FailureCount seen, FailureCount next) {
        return new FailureCountStore.CountSwap(key, seen, next, LIFE);
    }

    private Handle key(TestInfo test) {
        return sessions.mint().userHandle(test.getDisplayName());
    }

    private static IMap<String, Object> map() {
        return cluster.member().getMap("postern.tries." + cluster.namespace());
    }

    private static Duration timeLeft(Handle key) {
        long end = map().getEntryView(key.text()).getExpirationTime();
        return Duration.ofMillis(end - cluster.member().getCluster().getClusterTime());
    }
}
