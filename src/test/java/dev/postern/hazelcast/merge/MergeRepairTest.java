package dev.postern.hazelcast.merge;

import static dev.postern.session.row.TestRows.live;
import static dev.postern.session.row.TestRows.tombstone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.TestSessions;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.RowMergeRule;
import dev.postern.session.row.TestRows;
import dev.postern.testing.CountingCache;
import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The repair of one row, over the naive twin of the store. */
class MergeRepairTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(TestRows.LIFETIMES, TestSessions.START);
    private final CountingCache cache = new CountingCache(twin);
    private final MergeRepair repair = new MergeRepair(cache, new RowMergeRule(RowCodec.plain()));
    private final RowKey key = TestRows.key();
    private final byte[] row = live(twin.now(), HOUR);
    private final byte[] ended = tombstone(twin.now(), HOUR.multipliedBy(12));

    @Test
    @Tag("I8")
    @Tag("H-17")
    void putsATombstoneBackThatALiveRowHasReplaced() {
        stands(row);

        repair(ended);

        assertStands(ended);
        assertThat(repair.restored()).isEqualTo(1);
        assertThat(repair.kept()).isZero();
    }

    @Test
    @Tag("I11")
    @Tag("D20")
    void writesATombstoneAgainThatStands() {
        stands(ended);

        repair(ended);

        assertStands(ended);
        assertThat(cache.writes()).isEqualTo(1);
        assertThat(repair.kept()).isEqualTo(1);
        assertThat(repair.restored()).isZero();
    }

    @Test
    @Tag("D22")
    void writesALiveRowAgainAsItIs() {
        stands(row);

        repair(row);

        assertStands(row);
        assertThat(cache.writes()).isEqualTo(1);
        assertThat(repair.kept()).isEqualTo(1);
    }

    @Test
    void bringsATombstoneBackThatIsGone() {
        repair(ended);

        assertStands(ended);
        assertThat(repair.restored()).isEqualTo(1);
    }

    @Test
    void bringsALiveRowBackThatIsGone() {
        repair(row);

        assertStands(row);
        assertThat(repair.restored()).isEqualTo(1);
    }

    @Test
    @Tag("I8")
    void neverPutsALiveRowInThePlaceOfAnything() {
        for (byte[] present : List.of(ended, touched(), TestRows.epochRow(twin.now()), new byte[] {42})) {
            RowKey other = TestRows.key();
            twin.create(other, present, TestSessions.soon());

            repair.repair(other, row, Optional.of(present));

            assertThat(twin.read(other, TestSessions.soon())).hasValue(present);
        }
    }

    @Test
    void leavesNoiseAlone() {
        byte[] noise = {42};
        stands(noise);

        repair(row);

        assertThat(twin.read(key, TestSessions.soon())).hasValue(noise);
        assertThat(cache.writes()).isZero();
    }

    @Test
    void looksAgainWhenWhatWasSeenIsNoLongerThere() {
        stands(row);

        repair.repair(key, ended, Optional.of(touched()));

        assertStands(ended);
    }

    @Test
    @Tag("H-17")
    void findsWhatAMergeHasLostOnItsWay() {
        RowKey gone = TestRows.key();
        RowKey undone = TestRows.key();
        RowKey same = TestRows.key();
        RowKey buried = TestRows.key();
        RowKey renewed = TestRows.key();
        twin.create(undone, row, TestSessions.soon());
        twin.create(same, ended, TestSessions.soon());
        twin.create(buried, ended, TestSessions.soon());
        twin.create(renewed, touched(), TestSessions.soon());

        Map<RowKey, Optional<byte[]>> lost = new HashMap<>();
        repair.findLost(
                Map.of(gone, row, undone, ended, same, ended, buried, row, renewed, row),
                (key, wanted, present) -> lost.put(key, present));

        assertThat(lost).containsOnlyKeys(gone, undone);
        assertThat(lost.get(gone)).isEmpty();
        assertThat(lost.get(undone)).hasValue(row);
    }

    @Test
    void leavesAStrongerTombstoneWhereItIs() {
        byte[] longer = tombstone(twin.now(), HOUR.multipliedBy(13));
        stands(longer);

        repair(ended);

        assertStands(longer);
    }

    @Test
    void decidesAgainWhenSomebodyWritesInBetween() {
        stands(row);
        cache.beforeNextWrite(() -> twin.swap(key, row, touched(), TestSessions.soon()));

        repair(ended);

        assertStands(ended);
    }

    @Test
    void decidesAgainWhenSomebodyCreatesInBetween() {
        cache.beforeNextWrite(() -> twin.create(key, row, TestSessions.soon()));

        repair(ended);

        assertStands(ended);
        assertThat(repair.restored()).isEqualTo(1);
    }

    @Test
    void givesUpWhenSomebodyElseWritesEachTime() {
        stands(row);
        cache.beforeEveryWrite(() -> twin.swap(
                key, twin.read(key, TestSessions.soon()).orElseThrow(), live(twin.now(), HOUR), TestSessions.soon()));

        assertThatThrownBy(() -> repair(ended))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining(key.text());
        assertThat(repair.restored() + repair.kept()).isZero();
    }

    private void repair(byte[] wanted) {
        repair.repair(key, wanted, twin.read(key, TestSessions.soon()));
    }

    private byte[] touched() {
        return live(twin.now(), HOUR.multipliedBy(2));
    }

    private void stands(byte[] bytes) {
        assertThat(twin.create(key, bytes, TestSessions.soon())).isTrue();
    }

    private void assertStands(byte[] bytes) {
        assertThat(twin.read(key, TestSessions.soon())).hasValue(bytes);
        assertThat(twin.timeLeft(key)).hasValue(TestRows.LIFETIMES.timeToLive(key, bytes, twin.now()));
    }
}
