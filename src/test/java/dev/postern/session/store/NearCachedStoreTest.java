package dev.postern.session.store;

import static dev.postern.session.row.TestRows.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.SlowAnswers;
import dev.postern.session.TestSessions;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.row.VersionedRow;
import dev.postern.testing.InMemoryCredentialsCache;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a copy is, and how long it counts. The contract of the port holds as well. */
class NearCachedStoreTest extends CredentialsCacheContract {

    private static final Duration STALENESS = Duration.ofSeconds(1);
    private static final Duration TICK = TestSessions.TICK;
    private static final Duration HOUR = Duration.ofHours(1);

    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(TestRows.LIFETIMES, TestSessions.START);
    private final NearCachedStore near = new NearCachedStore(twin, RowCodec.plain(), STALENESS, twin::nanoTime);
    private final RowKey key = TestRows.key();
    private final byte[] row = live(twin.now(), HOUR);
    private final byte[] next = live(twin.now(), HOUR);

    @Override
    public CredentialsCache cache() {
        return near;
    }

    @Override
    public Duration timeLeft(RowKey key) {
        return twin.timeLeft(key).orElse(Duration.ZERO);
    }

    @Test
    void copyCountsUntilItIsAsOldAsTheStaleness() {
        twin.create(key, row, soon());
        near.read(key, soon());

        twin.pass(STALENESS.minus(TICK));
        assertThat(near.recall(key).map(VersionedRow::bytes)).hasValue(row);
        twin.pass(TICK);
        assertThat(near.recall(key)).isEmpty();
    }

    @Test
    void copyIsDecodedOnce() {
        twin.create(key, row, soon());
        near.read(key, soon());

        VersionedRow found = near.recall(key).orElseThrow();

        assertThat(found.row()).containsInstanceOf(SessionRow.Active.class);
        assertThat(near.recall(key)).containsSame(found);
        near.read(key, soon());
        twin.pass(TICK);
        near.read(key, soon());
        assertThat(near.recall(key)).get().isNotSameAs(found);
    }

    @Test
    void copyIsAsOldAsTheQuestion() {
        twin.create(key, row, soon());
        NearCachedStore slow = new NearCachedStore(
                new SlowAnswers(twin, () -> twin.pass(STALENESS)), RowCodec.plain(), STALENESS, twin::nanoTime);

        assertThat(slow.read(key, soon())).hasValue(row);

        assertThat(slow.recall(key)).isEmpty();
    }

    @Test
    void ageIsCountedByTheMonotonicClock() {
        twin.create(key, row, soon());
        near.read(key, soon());

        twin.jump(HOUR.negated());
        twin.pass(STALENESS);

        assertThat(near.recall(key)).isEmpty();
    }

    @Test
    void nothingIsNotRemembered() {
        near.read(key, soon());
        twin.create(key, row, soon());

        assertThat(near.recall(key)).isEmpty();
        assertThat(near.read(key, soon())).hasValue(row);
    }

    @Test
    void readThatFindsNothingDropsTheCopy() {
        twin.create(key, row, soon());
        near.read(key, soon());
        twin.pass(Duration.ofDays(1));
        near.read(key, soon());

        assertThat(near.recall(key)).isEmpty();
    }

    @Test
    void writeOfThisNodeDropsTheCopy() {
        twin.create(key, row, soon());
        near.read(key, soon());
        assertThat(near.swap(key, row, next, soon())).isTrue();
        assertThat(near.recall(key)).isEmpty();

        twin.pass(TICK);
        near.read(key, soon());
        assertThat(near.recall(key).map(VersionedRow::bytes)).hasValue(next);
        assertThat(near.swap(key, row, next, soon())).isFalse();
        assertThat(near.recall(key)).isEmpty();

        twin.pass(TICK);
        near.read(key, soon());
        assertThat(near.create(key, row, soon())).isFalse();
        assertThat(near.recall(key)).isEmpty();
    }

    @Test
    void writeOfWhichNobodyKnowsTheOutcomeDropsTheCopy() {
        twin.create(key, row, soon());
        near.read(key, soon());
        twin.setBroken(true);

        assertThatThrownBy(() -> near.swap(key, row, next, soon())).isInstanceOf(PosternException.class);

        assertThat(near.recall(key)).isEmpty();
    }

    @Test
    void answerThatWasUnderWayDuringAWriteLeavesNoCopy() {
        twin.create(key, row, soon());
        NearCachedStore[] slow = new NearCachedStore[1];
        Runnable write = () -> slow[0].swap(key, row, next, soon());
        slow[0] = new NearCachedStore(new SlowAnswers(twin, write), RowCodec.plain(), STALENESS, twin::nanoTime);

        assertThat(slow[0].read(key, soon())).hasValue(row);

        assertThat(slow[0].recall(key)).isEmpty();
    }

    @Test
    void leastRecentlyUsedCopyGoesFirst() {
        List<RowKey> keys = TestRows.keys(NearCachedStore.MOST_COPIES + 1);
        keys.forEach(each -> twin.create(each, row, soon()));
        keys.subList(0, NearCachedStore.MOST_COPIES).forEach(each -> near.read(each, soon()));
        assertThat(near.recall(keys.get(0))).isPresent();

        near.read(keys.get(NearCachedStore.MOST_COPIES), soon());

        assertThat(near.recall(keys.get(0))).isPresent();
        assertThat(near.recall(keys.get(1))).isEmpty();
        assertThat(near.recall(keys.get(NearCachedStore.MOST_COPIES))).isPresent();
    }

    @Test
    void largeRowsHaveNoCopy() {
        RowKey small = TestRows.key();
        twin.create(small, new byte[NearCachedStore.MOST_BYTES], soon());
        twin.create(key, new byte[NearCachedStore.MOST_BYTES + 1], soon());

        near.read(small, soon());
        near.read(key, soon());

        assertThat(near.recall(small)).isPresent();
        assertThat(near.recall(key)).isEmpty();
    }
}
