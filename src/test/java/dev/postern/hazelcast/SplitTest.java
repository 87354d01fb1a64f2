package dev.postern.hazelcast;

import static dev.postern.session.row.TestRows.LIFETIMES;
import static dev.postern.session.row.TestRows.live;
import static dev.postern.session.row.TestRows.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import dev.postern.session.TestSessions;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster is partitioned into three parts, which write and then merge: real members on a network that is cut. */
class SplitTest {

    private static final List<List<Integer>> THREE_PARTS = List.of(List.of(0, 1), List.of(2), List.of(3));
    private static final List<Integer> FIRST_TWO = List.of(0, 1, 2);
    private static final List<Integer> ALL = List.of(0, 1, 2, 3);
    private static final int A = 0;
    private static final int B = 2;

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    private static final int MANY = 100;
    private static final int SOME = 20;
    private static final int WRITERS = 4;

    /** The reason for repairs. If this test fails one day, Hazelcast has improved. */
    @Test
    @Tag("H-17")
    @Tag("D20")
    @Tag("long")
    void endedSessionsComeBackWhenNobodyRepairs() {
        try (SplitCluster cluster = new SplitCluster(ALL.size())) {
            Map<RowKey, byte[]> begun = begin(cluster, TestRows.keys(SOME));
            cluster.split(THREE_PARTS);
            Map<RowKey, byte[]> ended = end(cluster.cache(A), begun);

            cluster.reconnect(FIRST_TWO, 1);
            SplitCluster.await(
                    "shortened",
                    () -> ended.keySet().stream()
                            .allMatch(key -> cluster.timeLeft(A, key).compareTo(HALF_AN_HOUR.multipliedBy(2)) < 0));
            assertThat(ended)
                    .allSatisfy(
                            (key, row) -> assertThat(stands(cluster, key, row)).isTrue());

            cluster.reconnect(ALL, 1);
            SplitCluster.await(
                    "back",
                    () -> begun.entrySet().stream().allMatch(row -> stands(cluster, row.getKey(), row.getValue())));
        }
    }

    @Test
    @Tag("H-15")
    @Tag("H-17")
    @Tag("I8")
    @Tag("I11")
    @Tag("P-41")
    @Tag("P-42")
    @Tag("X-17")
    void nothingIsUndoneWhereEveryMemberRepairs() {
        try (SplitCluster cluster = new SplitCluster(ALL.size())) {
            cluster.openGrids();
            Map<RowKey, byte[]> expected = new HashMap<>();
            meetOneAfterTheOther(cluster, expected);
            meetAtOnce(cluster, expected);

            assertThat(expected).hasSize(2 * MANY + 4 * SOME);
            assertThat(cluster.grids())
                    .allSatisfy(grid -> assertThat(grid.repairs().givenUp()).isZero());
        }
    }

    /** B merges with A, and only then C with both: each row that stays is repaired twice, by its owner of that time. */
    private static void meetOneAfterTheOther(SplitCluster cluster, Map<RowKey, byte[]> expected) {
        Map<RowKey, byte[]> first = begin(cluster, TestRows.keys(MANY));
        Map<RowKey, byte[]> second = begin(cluster, TestRows.keys(SOME));
        Map<RowKey, byte[]> third = begin(cluster, TestRows.keys(SOME));
        Map<RowKey, byte[]> fourth = begin(cluster, TestRows.keys(SOME));
        List<RowKey> epochs = TestRows.keys(SOME).stream().map(TestRows::epoch).toList();
        cluster.split(THREE_PARTS);

        expected.putAll(end(cluster.cache(A), first));
        expected.putAll(end(cluster.cache(B), second));
        end(cluster.cache(B), third);
        expected.putAll(endLater(cluster.cache(A), third));
        expected.putAll(use(cluster.cache(A), fourth));
        epochs.forEach(key -> expected.put(key, create(cluster.cache(B), key, epochAt(cluster, B, HALF_AN_HOUR))));
        epochs.forEach(key -> create(cluster.cache(A), key, epochAt(cluster, A, Duration.ZERO)));

        cluster.reconnect(FIRST_TWO, 1);
        awaitRepairs(cluster, MANY + 2 * SOME);
        assertStand(cluster, expected);
        cluster.reconnect(ALL, 1);
        awaitRepairs(cluster, 2 * MANY + 5 * SOME);
        assertStand(cluster, expected);
    }

    private static void meetAtOnce(SplitCluster cluster, Map<RowKey, byte[]> expected) {
        Map<RowKey, byte[]> begun = begin(cluster, TestRows.keys(MANY));
        cluster.split(THREE_PARTS);
        expected.putAll(end(cluster.cache(A), begun));

        cluster.reconnect(ALL, 2);

        SplitCluster.await(
                "all stand",
                () -> expected.entrySet().stream()
                        .allMatch(row -> stands(cluster, row.getKey(), row.getValue())
                                && isKeptAsLongAsItSays(cluster, row.getKey())));
    }

    /**
     * As if Hazelcast stopped the merge: the member itself restores all that it has acknowledged, to the last moment.
     */
    @Test
    @Tag("G4")
    @Tag("I3")
    @Tag("I8")
    void nothingIsLostThatTheMergeLoses() {
        try (SplitCluster cluster = SplitCluster.losingWhatItMerges(3)) {
            cluster.openGrids();
            cluster.delayMerges();
            Map<RowKey, byte[]> begun = begin(cluster, TestRows.keys(MANY));
            cluster.split(List.of(List.of(0, 1), List.of(2)));
            CredentialsCache cache = cluster.grid(2).cache(LIFETIMES, InstantSource.system());
            Map<RowKey, byte[]> acknowledged = new ConcurrentHashMap<>(end(cache, begun));
            AtomicBoolean isOver = new AtomicBoolean();
            List<CompletableFuture<Void>> writers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                        while (!isOver.get()) {
                            write(cache, acknowledged);
                        }
                    }))
                    .limit(WRITERS)
                    .toList();

            try {
                cluster.reconnect(List.of(0, 1, 2), 1);
            } finally {
                isOver.set(true);
                writers.forEach(CompletableFuture::join);
            }

            assertThat(acknowledged).hasSizeGreaterThan(MANY);
            SplitCluster.await(
                    "all there",
                    () -> acknowledged.entrySet().stream()
                            .allMatch(row -> stands(cluster, row.getKey(), row.getValue())));
            assertThat(cluster.grid(2).repairs().restored()).isGreaterThan(MANY);
        }
    }

    private static void write(CredentialsCache cache, Map<RowKey, byte[]> acknowledged) {
        RowKey key = TestRows.key();
        byte[] row = live(cache.now(), HALF_AN_HOUR);
        try {
            cache.create(key, row, TestSessions.soon());
            acknowledged.put(key, row);
        } catch (PosternException e) { // nothing was promised
        }
        LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }

    private static Map<RowKey, byte[]> begin(SplitCluster cluster, List<RowKey> keys) {
        CredentialsCache cache = cluster.cache(A);
        Map<RowKey, byte[]> rows = new HashMap<>();
        keys.forEach(key -> rows.put(key, create(cache, key, live(cache.now(), HALF_AN_HOUR))));
        return rows;
    }

    private static byte[] create(CredentialsCache cache, RowKey key, byte[] row) {
        assertThat(cache.create(key, row, TestSessions.soon())).isTrue();
        return row;
    }

    private static Map<RowKey, byte[]> end(CredentialsCache cache, Map<RowKey, byte[]> rows) {
        return swap(cache, rows, tombstone(cache.now(), HALF_A_DAY));
    }

    private static Map<RowKey, byte[]> endLater(CredentialsCache cache, Map<RowKey, byte[]> rows) {
        return swap(cache, rows, tombstone(cache.now(), HALF_A_DAY.plusMinutes(1)));
    }

    private static Map<RowKey, byte[]> use(CredentialsCache cache, Map<RowKey, byte[]> rows) {
        return swap(cache, rows, live(cache.now(), HALF_AN_HOUR.plusMinutes(10)));
    }

    private static Map<RowKey, byte[]> swap(CredentialsCache cache, Map<RowKey, byte[]> rows, byte[] next) {
        Map<RowKey, byte[]> swapped = new HashMap<>();
        rows.forEach((key, row) -> {
            assertThat(cache.swap(key, row, next, TestSessions.soon())).isTrue();
            swapped.put(key, next);
        });
        return swapped;
    }

    private static byte[] epochAt(SplitCluster cluster, int member, Duration later) {
        return TestRows.epochRow(cluster.cache(member).now().plus(later));
    }

    private static long repairs(SplitCluster cluster) {
        return cluster.grids().stream()
                .map(Grid::repairs)
                .mapToLong(repairs -> repairs.kept() + repairs.restored())
                .sum();
    }

    private static void awaitRepairs(SplitCluster cluster, long number) {
        SplitCluster.await(number + " repairs", () -> repairs(cluster) >= number);
    }

    private static boolean stands(SplitCluster cluster, RowKey key, byte[] row) {
        return Arrays.equals(row, (byte[]) cluster.map(A).get(key.text()));
    }

    private static boolean isKeptAsLongAsItSays(SplitCluster cluster, RowKey key) {
        if (!(cluster.map(A).get(key.text()) instanceof byte[] row)) {
            return false;
        }
        Duration wanted = LIFETIMES.timeToLive(key, row, cluster.cache(A).now());
        return cluster.timeLeft(A, key).minus(wanted).abs().compareTo(Duration.ofSeconds(10)) < 0;
    }

    private static void assertStand(SplitCluster cluster, Map<RowKey, byte[]> expected) {
        assertThat(expected).allSatisfy((key, row) -> {
            assertThat(stands(cluster, key, row)).as("%s stands", key).isTrue();
            assertThat(isKeptAsLongAsItSays(cluster, key))
                    .as("%s has its time", key)
                    .isTrue();
        });
    }
}
