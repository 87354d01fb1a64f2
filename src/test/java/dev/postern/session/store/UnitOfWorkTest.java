package dev.postern.session.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.token.Handle;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.PassingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitOfWorkTest {

    private static final Revoked TOMBSTONE =
            new Revoked(TestSessions.START, Ending.REVOKED, TestSessions.START.plus(Duration.ofDays(1)));

    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(TestRows.LIFETIMES, TestSessions.START);
    private final List<String> reads = new ArrayList<>();
    private final Dropped dropped = new Dropped();

    /** Notes what is read at once. */
    private final PassingCache cache = new PassingCache(twin) {

        @Override
        public Set<RowKey> keysOf(Handle user, Deadline deadline) {
            return twin.keysOf(user, deadline);
        }

        @Override
        public Map<RowKey, byte[]> rowsOf(Handle user, Deadline deadline) {
            reads.add("all");
            return super.rowsOf(user, deadline);
        }

        @Override
        public Map<RowKey, byte[]> readAll(Collection<RowKey> keys, Deadline deadline) {
            reads.add(Integer.toString(keys.size()));
            return twin.readAll(keys, deadline);
        }
    };

    private final UnitOfWork work = TestRows.rows(cache, twin).with(dropped).unitOfWork();

    /** The copies of this node that a write has made wrong. */
    private static final class Dropped implements RowCopies {

        private final Set<RowKey> keys = new HashSet<>();

        @Override
        public void drop(RowKey key) {
            keys.add(key);
        }

        @Override
        public void dropEverywhere(RowKey key) {
            throw new AssertionError("Only the use cases wait for other nodes.");
        }

        @Override
        public void dropEverywhere(Handle user, Epoch epoch) {
            throw new AssertionError("Only the use cases wait for other nodes.");
        }

        @Override
        public void endEverywhere(RowKey key) {
            throw new AssertionError("Only the use cases wait for other nodes.");
        }

        @Override
        public boolean hasEnded(RowKey key, Active row) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, all", "250, all", "251, '250, 1'", "500, '250, 250'"})
    @Tag("B1")
    void readsTheRowsOfAUserInOneCallOrInBatchesOf250(int rows, String expected) {
        RowKey first = create();
        for (int row = 1; row < rows; row++) {
            create(TestRows.sibling(first));
        }
        Map<RowKey, VersionedRow> found = new TreeMap<>();

        work.eachOf(TestRows.user(first), found::putAll);

        assertThat(found).hasSize(rows);
        assertThat(String.join(", ", reads)).isEqualTo(expected);
    }

    @Test
    @Tag("L1")
    void writeDropsTheCopyOfThisNode() {
        RowKey key = create();

        assertThat(work.swap(key, found(key), TOMBSTONE)).isEqualTo(UnitOfWork.Outcome.WRITTEN);

        assertThat(dropped.keys).containsExactly(key);
    }

    @Test
    @Tag("L1")
    void writeThatFailsDropsTheCopyTooBecauseItMayHaveHappened() {
        RowKey key = create();
        VersionedRow found = found(key);
        twin.setBroken(true);

        assertThatThrownBy(() -> work.swap(key, found, TOMBSTONE)).isInstanceOf(PosternException.class);

        assertThat(dropped.keys).containsExactly(key);
    }

    @Test
    @Tag("L1")
    void writeOfManyRowsDropsTheCopiesOfThoseThatOthersHaveChangedToo() {
        RowKey written = create();
        RowKey overtaken = create();
        Map<RowKey, VersionedRow> found = Map.of(written, found(written), overtaken, found(overtaken));
        assertThat(twin.swap(overtaken, found(overtaken).bytes(), live(), TestSessions.soon()))
                .isTrue();
        Set<RowKey> keys = new HashSet<>();

        work.swapAll(found, row -> TOMBSTONE, keys::add);

        assertThat(keys).containsExactly(written);
        assertThat(found(written).row()).contains(TOMBSTONE);
        assertThat(dropped.keys).containsExactlyInAnyOrder(written, overtaken);
    }

    @Test
    @Tag("L1")
    void writeOfManyRowsThatFailsDropsTheirCopies() {
        RowKey key = create();
        Map<RowKey, VersionedRow> found = Map.of(key, found(key));
        twin.setBroken(true);

        assertThatThrownBy(() -> work.swapAll(found, row -> TOMBSTONE, any -> {}))
                .isInstanceOf(PosternException.class);

        assertThat(dropped.keys).containsExactly(key);
    }

    @Test
    void copyOfARowThatReadsAsSomethingElseIsDroppedWithoutAWrite() {
        RowKey key = create();
        twin.setBroken(true);

        work.dropOwnCopy(key);

        assertThat(dropped.keys).containsExactly(key);
    }

    /** The wait for a database has bounds of its own. */
    @Test
    void waitBesideTheGridExtendsTheDeadlineByTenSecondsAtMost() {
        AtomicLong beside = new AtomicLong(Duration.ofHours(1).toNanos());
        List<Long> left = new ArrayList<>();
        UnitOfWork patient = TestRows.rows(
                        new PassingCache(twin) {
                            @Override
                            public long nanosBesideGrid() {
                                return beside.get();
                            }

                            @Override
                            public Optional<byte[]> read(RowKey key, Deadline deadline) {
                                left.add(deadline.nanosLeft());
                                return super.read(key, deadline);
                            }
                        },
                        twin)
                .unitOfWork();

        patient.find(TestRows.key());
        beside.addAndGet(Duration.ofSeconds(5).toNanos());
        patient.find(TestRows.key());
        beside.addAndGet(Duration.ofHours(5).toNanos());
        patient.find(TestRows.key());

        assertThat(left.get(0)).isBetween(0L, Duration.ofSeconds(1).toNanos());
        assertThat(Duration.ofNanos(left.get(1) - left.get(0))).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(Duration.ofNanos(left.get(2) - left.get(0)))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
        assertThat(patient.hasTime()).isTrue();
    }

    private RowKey create() {
        return create(TestRows.key());
    }

    private RowKey create(RowKey key) {
        assertThat(twin.create(key, live(), TestSessions.soon())).isTrue();
        return key;
    }

    private static byte[] live() {
        return TestRows.live(TestSessions.START, Duration.ofMinutes(30));
    }

    private VersionedRow found(RowKey key) {
        return work.find(key).orElseThrow();
    }
}
