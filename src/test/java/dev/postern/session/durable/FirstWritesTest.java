package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.SessionArchive.PastSession;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.row.VersionedRow;
import dev.postern.session.store.NotDurableException;
import dev.postern.session.store.RowStore;
import dev.postern.session.store.UnitOfWork;
import dev.postern.testing.PassingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has ended is in the grid and in the database when that is acknowledged. */
class FirstWritesTest {

    private static final Duration SETTLING = UnconfirmedEnds.SETTLING;
    private static final Duration TICK = Duration.ofMillis(1);

    private final TestStores stores = new TestStores();
    private final DurableStore other = stores.store();
    private final RowKey key = stores.key();

    /** A way to the grid on which something happens before a write. */
    private final class Meeting extends PassingCache {

        private final Runnable before;
        private int left = 1;

        Meeting(Runnable before) {
            super(stores.grid());
            this.before = before;
        }

        private void meet() {
            if (left > 0) {
                left--;
                before.run();
            }
        }

        @Override
        public boolean create(RowKey key, byte[] row, Deadline deadline) {
            meet();
            return super.create(key, row, deadline);
        }

        @Override
        public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
            meet();
            return super.swap(key, seen, next, deadline);
        }
    }

    private DurableStore meeting(Runnable before) {
        return stores.store(new Meeting(before));
    }

    private static boolean swap(DurableStore store, RowKey key, byte[] seen, byte[] next) {
        return store.cache().swap(key, seen, next, TestStores.soon());
    }

    @Test
    void endOfASessionIsInTheDatabaseBeforeTheGrid() {
        byte[] row = stores.begun(other, key);
        List<SessionRow> seen = new ArrayList<>();
        DurableStore store = meeting(() -> seen.addAll(List.of(stores.inDatabase(key), stores.inGrid(key))));

        assertThat(swap(store, key, row, stores.over(key))).isTrue();

        assertThat(seen.get(0)).isInstanceOf(Revoked.class);
        assertThat(seen.get(1)).isInstanceOf(Active.class);
        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class).isEqualTo(seen.get(0));
    }

    @Test
    void endTakesOneCallOfTheDatabase() {
        byte[] row = stores.begun(other, key);
        List<String> unused = stores.database.calls();

        swap(other, key, row, stores.over(key));

        assertThat(stores.database.calls()).containsExactly("end 1");
    }

    @Test
    void tombstoneOfAnAbsentSessionIsInTheDatabaseBeforeTheGrid() {
        List<SessionRow> seen = new ArrayList<>();
        DurableStore store = meeting(() -> seen.add(stores.inDatabase(key)));

        assertThat(store.cache().create(key, stores.over(key), TestStores.soon()))
                .isTrue();

        assertThat(seen).hasOnlyElementsOfType(Revoked.class).hasSize(1);
    }

    @Test
    void endThatTheDatabaseDoesNotAnswerIsInForceAndNotAcknowledged() {
        byte[] row = stores.begun(other, key);
        stores.database.setBroken(true);

        assertThatThrownBy(() -> swap(other, key, row, stores.over(key))).isInstanceOf(NotDurableException.class);

        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class);
        stores.database.setBroken(false);
        assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);
        assertThat(TestStores.flush(other)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void soIsAnEpoch() {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = other.cache().read(epoch, TestStores.soon()).orElseThrow();
        stores.database.setBroken(true);

        assertThatThrownBy(() -> swap(other, epoch, none, stores.epoch(epoch, TestStores.START)))
                .isInstanceOf(NotDurableException.class);

        assertThat(stores.inGrid(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));
        stores.database.setBroken(false);
        assertThat(TestStores.flush(other)).isTrue();
        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));
    }

    /** The database has written it, or will, and the session goes on. */
    @Test
    void tombstoneOfAWriteThatIsNotAnsweredIsUndoneAfterTenSeconds() {
        byte[] row = stores.begun(other, key);
        byte[] touched = stores.live(key, TestStores.START.plusSeconds(1));
        DurableStore store = meeting(() -> swap(other, key, row, touched));
        stores.database.loseReplies(1);
        assertThat(swap(store, key, row, stores.over(key)))
                .as("the caller decides anew")
                .isFalse();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);

        stores.grid().pass(UnconfirmedEnds.LATE.minus(TICK));
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);

        stores.grid().pass(TICK);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.row(key).orElseThrow().bytes()).isEqualTo(touched);
    }

    @Test
    void endIsForTheHistoryOnce() {
        byte[] row = stores.begun(other, key);
        byte[] over = stores.over(key);

        swap(other, key, row, over);
        assertThat(stores.database.row(key).orElseThrow().past())
                .map(PastSession::begun)
                .contains(TestStores.START);

        swap(other, key, over, over);
        assertThat(stores.database.row(key).orElseThrow().past()).isEmpty();
    }

    @Test
    void endThatIsWrittenLateIsForTheHistoryToo() {
        RowKey another = TestRows.sibling(key);
        byte[] row = stores.begun(other, key);
        Map<RowKey, byte[]> many = Map.of(another, stores.begun(other, another));
        byte[] over = stores.over(key);
        stores.database.setBroken(true);
        assertThatThrownBy(() -> swap(other, key, row, over)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> swap(other, key, over, over)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> endAll(other, many)).isInstanceOf(PosternException.class);
        stores.database.setBroken(false);

        assertThat(TestStores.flush(other)).isTrue();

        assertThat(List.of(key, another))
                .allSatisfy(
                        one -> assertThat(stores.database.row(one).orElseThrow().past())
                                .map(PastSession::begun)
                                .contains(TestStores.START));
    }

    @Test
    void tombstoneIsWrittenAgainOnlyIfTheGridHasIt() {
        byte[] row = stores.begun(other, key);
        byte[] over = stores.over(key);
        List<String> unused = stores.database.calls();

        assertThat(swap(other, key, over, over)).isFalse();
        assertThat(stores.database.calls()).isEmpty();

        assertThat(swap(other, key, row, over)).isTrue();
        assertThat(swap(other, key, over, over)).isTrue();
        assertThat(stores.database.calls()).containsExactly("end 1", "end 1");
    }

    /** Only its own node undoes it. The other one cannot know whether another part of a split has ended the session. */
    @Test
    void tombstoneOfAnotherNodeStays() {
        byte[] row = stores.begun(other, key);
        DurableStore crashed = meeting(() -> {
            throw new PosternException("The grid is down.");
        });
        assertThatThrownBy(() -> swap(crashed, key, row, stores.over(key))).isInstanceOf(PosternException.class);
        assertThat(swap(other, key, row, stores.live(key, TestStores.START.plusSeconds(1))))
                .isTrue();
        assertThat(TestStores.flush(other)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);

        stores.grid().pass(RecentWrites.AGE);
        assertThat(TestStores.flush(other)).isTrue();
        stores.grid().pass(SETTLING);
        assertThat(TestStores.flush(other)).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void tombstoneThatTheGridDoesNotTakeIsUndoneAWhileLater() {
        byte[] row = stores.begun(other, key);
        byte[] touched = stores.live(key, TestStores.START.plusSeconds(1));
        DurableStore store = meeting(() -> swap(other, key, row, touched));

        assertThat(swap(store, key, row, stores.over(key))).isFalse();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);

        stores.grid().pass(SETTLING.minus(TICK));
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);

        stores.grid().pass(TICK);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.row(key).orElseThrow().bytes()).isEqualTo(touched);
        assertThat(stores.database.calls()).containsOnlyOnce("undo");
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.calls()).doesNotContain("undo", "end 1");
    }

    @Test
    void soIsOneOfWhichTheGridDoesNotAnswer() {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> {
            throw new PosternException("The grid is down.");
        });

        assertThatThrownBy(() -> swap(store, key, row, stores.over(key))).hasMessage("The grid is down.");

        stores.grid().pass(SETTLING);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.row(key).orElseThrow().bytes()).isEqualTo(row);
    }

    @Test
    void undoWaitsForTheDatabase() {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> swap(other, key, row, stores.live(key)));
        assertThat(swap(store, key, row, stores.over(key))).isFalse();
        stores.grid().pass(SETTLING);

        stores.database.setBroken(true);
        boolean unused = TestStores.flush(store);
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
        stores.database.setBroken(false);
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);
    }

    @Test
    void tombstoneStaysIfTheSessionHasEndedMeanwhile() {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> swap(other, key, row, stores.over(key)));
        assertThat(swap(store, key, row, stores.over(key))).isFalse();

        stores.grid().pass(SETTLING);
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    /** The first node has failed. Then another one ends the session, and must not rely on what is undone. */
    @Test
    void endByAnotherNodeThatComesLaterIsNotUndone() {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> {
            throw new PosternException("The grid is down.");
        });
        assertThatThrownBy(() -> swap(store, key, row, stores.over(key))).isInstanceOf(PosternException.class);
        stores.grid().pass(SETTLING);
        // the look at the grid, and then the other node's whole end, before the undo
        stores.database.beforeEachCall(call -> {
            if (call.equals("undo")) {
                stores.database.beforeEachCall(any -> {});
                assertThat(swap(other, key, row, stores.over(key))).isTrue();
            }
        });

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inGrid(key)).isInstanceOf(Revoked.class);
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    /** The other node has written to the database before this one, and reaches the grid only after the undo. */
    @Test
    void endByAnotherNodeThatCameEarlierIsWrittenAgainIfItIsSlow() {
        byte[] row = stores.begun(other, key);
        DurableStore failing = meeting(() -> {
            throw new PosternException("The grid is down.");
        });
        DurableStore slow = meeting(() -> {
            assertThatThrownBy(() -> swap(failing, key, row, stores.over(key))).isInstanceOf(PosternException.class);
            stores.grid().pass(SETTLING);
            assertThat(TestStores.flush(failing)).isTrue();
            assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);
        });

        assertThat(swap(slow, key, row, stores.over(key))).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    @ParameterizedTest
    @CsvSource({"1000, 1", "1001, 2"})
    void onlyAnEndThatTookLongerThanASecondIsWrittenAgain(int millis, int calls) {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> stores.grid().pass(Duration.ofMillis(millis)));
        List<String> unused = stores.database.calls();

        assertThat(swap(store, key, row, stores.over(key))).isTrue();

        assertThat(stores.database.calls()).hasSize(calls).containsOnly("end 1");
    }

    /** The grid has it, and the database may have undone it. */
    @Test
    void endOfWhichTheSecondWriteFailsIsWrittenLater() {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> {
            stores.grid().pass(Duration.ofMillis(1001));
            stores.database.setBroken(true);
        });
        Map<RowKey, byte[]> many = manyBegun(2);
        DurableStore storeOfMany = meeting(() -> {
            stores.grid().pass(Duration.ofMillis(1001));
            stores.database.setBroken(true);
        });

        assertThatThrownBy(() -> swap(store, key, row, stores.over(key))).isInstanceOf(NotDurableException.class);
        stores.database.setBroken(false);
        assertThatThrownBy(() -> endAll(storeOfMany, many)).isInstanceOf(NotDurableException.class);
        stores.database.setBroken(false);

        assertThat(store.metrics().waiting()).isEqualTo(1);
        assertThat(storeOfMany.metrics().waiting()).isEqualTo(2);
    }

    @Test
    void endThatNeitherAnswersIsNotTakenForMadeInTheGrid() {
        byte[] row = stores.begun(other, key);
        DurableStore store = meeting(() -> {
            throw new PosternException("The grid is down.");
        });
        DurableStore storeOfMany = meeting(() -> {
            throw new PosternException("The grid is down.");
        });
        stores.database.setBroken(true);

        assertThatThrownBy(() -> swap(store, key, row, stores.over(key)))
                .isNotInstanceOf(NotDurableException.class)
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> endAll(storeOfMany, Map.of(key, row)))
                .isNotInstanceOf(NotDurableException.class)
                .hasMessageContaining("broken");
    }

    @Test
    void endsOfManyAreOneCallOfTheDatabaseBeforeTheGrid() {
        Map<RowKey, byte[]> rows = manyBegun(30);
        List<String> unused = stores.database.calls();
        List<String> before = new ArrayList<>();
        DurableStore store = meeting(() -> before.addAll(stores.database.calls()));

        assertThat(endAll(store, rows)).isEqualTo(rows.keySet());

        assertThat(before).containsExactly("end 30");
        assertThat(stores.database.calls()).isEmpty();
        assertThat(rows.keySet()).allMatch(one -> stores.inDatabase(one) instanceof Revoked);
    }

    @Test
    void thoseOfManyThatTheGridDoesNotTakeAreUndone() {
        Map<RowKey, byte[]> rows = manyBegun(3);
        RowKey busy = rows.keySet().iterator().next();
        DurableStore store = meeting(() -> {
            byte[] seen = stores.grid().read(busy, TestStores.soon()).orElseThrow();
            swap(other, busy, seen, stores.live(busy));
        });

        Set<RowKey> made = endAll(store, rows);
        assertThat(made).hasSize(2).doesNotContain(busy);

        stores.grid().pass(SETTLING);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(busy)).isInstanceOf(Active.class);
        assertThat(made).allMatch(one -> stores.inDatabase(one) instanceof Revoked);
    }

    @Test
    void thoseOfManyThatTookLongAreWrittenAgainBeforeTheyCount() {
        Map<RowKey, byte[]> rows = manyBegun(3);
        List<String> unused = stores.database.calls();
        DurableStore store = meeting(() -> stores.grid().pass(Duration.ofMillis(1001)));

        assertThat(endAll(store, rows)).isEqualTo(rows.keySet());

        assertThat(stores.database.calls()).containsExactly("end 3", "end 3");
    }

    @Test
    void endsOfManyThatTheDatabaseDoesNotAnswerAreInForce() {
        Map<RowKey, byte[]> rows = manyBegun(3);
        stores.database.setBroken(true);

        assertThatThrownBy(() -> endAll(other, rows)).isInstanceOf(NotDurableException.class);

        assertThat(rows.keySet()).allMatch(one -> stores.inGrid(one) instanceof Revoked);
        stores.database.setBroken(false);
        assertThat(TestStores.flush(other)).isTrue();
        assertThat(rows.keySet()).allMatch(one -> stores.inDatabase(one) instanceof Revoked);
    }

    /** The database has the epoch, so the tombstone may wait. */
    @Test
    void endOfASessionThatAnEpochEndsIsWrittenAfterTheGrid() {
        Epoch epoch = new Epoch(TestStores.START.plusMillis(1), Optional.empty());

        assertThat(inDatabaseBeforeTheGrid(epoch)).isInstanceOf(Active.class);
    }

    /** The epoch does not end it, so only its tombstone does. */
    @Test
    void endOfASessionThatBeganAtTheTimeOfTheEpochIsInTheDatabaseBeforeTheGrid() {
        Epoch epoch = new Epoch(TestStores.START, Optional.empty());

        assertThat(inDatabaseBeforeTheGrid(epoch)).isInstanceOf(Revoked.class);
    }

    @Test
    void soIsThatOfASessionWhichTheEpochSpares() {
        Epoch.Spared spared = new Epoch.Spared(key.session().orElseThrow(), TestStores.START);
        Epoch epoch = new Epoch(TestStores.START.plusMillis(1), Optional.of(spared));

        assertThat(inDatabaseBeforeTheGrid(epoch)).isInstanceOf(Revoked.class);
    }

    /** What the database has of a session that began at the start and is ended after the epoch was written. */
    private SessionRow inDatabaseBeforeTheGrid(Epoch raised) {
        List<SessionRow> before = new ArrayList<>();
        DurableStore store = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean swap(RowKey row, byte[] seen, byte[] next, Deadline deadline) {
                if (row.equals(key)) {
                    before.add(stores.inDatabase(key));
                }
                return super.swap(row, seen, next, deadline);
            }
        });
        RowKey epoch = TestRows.epoch(key);
        assertThat(swap(store, epoch, noEpoch(epoch), stores.codec.encode(epoch, raised)))
                .isTrue();
        byte[] row = stores.begun(store, key);

        assertThat(endAll(store, Map.of(key, row))).containsExactly(key);

        assertThat(before).hasSize(1);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
        return before.get(0);
    }

    private Map<RowKey, byte[]> manyBegun(int number) {
        Map<RowKey, byte[]> rows = new HashMap<>();
        for (int i = 0; i < number; i++) {
            RowKey one = TestRows.sibling(key);
            rows.put(one, stores.begun(other, one));
        }
        return rows;
    }

    /** Ends them as the use cases do. Returns those that were made. */
    private Set<RowKey> endAll(DurableStore store, Map<RowKey, byte[]> rows) {
        RowStore all = new RowStore(store.cache(), stores.codec, Duration.ofSeconds(20), TestRows.watch(stores.grid()));
        UnitOfWork work = all.unitOfWork();
        Map<RowKey, VersionedRow> found = new HashMap<>();
        rows.forEach((one, row) -> found.put(one, new VersionedRow(row, stores.codec.decode(one, row))));
        Set<RowKey> made = ConcurrentHashMap.newKeySet();
        work.swapAll(found, row -> stores.decoded(key, stores.over(key)), made::add);
        return made;
    }

    /** A session that begins meanwhile does not know of an epoch that is in the database alone. */
    @Test
    void epochIsInTheGridBeforeTheDatabase() {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = noEpoch(epoch);
        List<SessionRow> seen = new ArrayList<>();
        stores.database.beforeEachCall(call -> {
            assertThat(call).isEqualTo("merge");
            assertThat(stores.database.row(epoch)).isEmpty();
            seen.add(stores.inGrid(epoch));
        });
        byte[] raised = stores.epoch(epoch, TestStores.START);

        assertThat(swap(other, epoch, none, raised)).isTrue();

        assertThat(seen).containsExactly(new Epoch(TestStores.START, Optional.empty()));
        assertThat(stores.inDatabase(epoch)).isEqualTo(seen.get(0));
        assertThat(stores.database.calls()).containsExactly("merge");
    }

    @Test
    void epochThatTheGridDoesNotTakeIsNotInTheDatabase() {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = noEpoch(epoch);
        byte[] raised = stores.epoch(epoch, TestStores.START);
        byte[] later = stores.epoch(epoch, TestStores.START.plusSeconds(1));
        assertThat(swap(other, epoch, none, later)).isTrue();

        assertThat(swap(other, epoch, none, raised)).isFalse();
        assertThat(swap(other, epoch, raised, raised)).isFalse();

        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(TestStores.START.plusSeconds(1), Optional.empty()));
        assertThat(stores.database.calls()).containsExactly("merge");
    }

    @Test
    void epochThatTheGridHasIsAcknowledgedWhenTheDatabaseHasItToo() {
        RowKey epoch = TestRows.epoch(key);
        byte[] raised = stores.epoch(epoch, TestStores.START);
        assertThat(stores.grid().create(epoch, raised, TestStores.soon())).isTrue();

        assertThat(swap(other, epoch, raised, raised)).isTrue();

        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void epochOfWhichTheGridDoesNotAnswerIsWrittenIfTheGridHasIt(boolean isMade) {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = noEpoch(epoch);
        DurableStore failing = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean swap(RowKey row, byte[] seen, byte[] next, Deadline deadline) {
                boolean unused = isMade && super.swap(row, seen, next, deadline);
                throw new PosternException("The grid is down.");
            }
        });

        assertThatThrownBy(() -> swap(failing, epoch, none, stores.epoch(epoch, TestStores.START)))
                .hasMessage("The grid is down.");
        assertThat(stores.database.row(epoch)).isEmpty();
        assertThat(TestStores.flush(failing)).isTrue();

        assertThat(stores.database.row(epoch).isPresent()).isEqualTo(isMade);
    }

    /** It does not know of the epoch that the database has, and must not write one that the grid has not. */
    @Test
    void epochOfWhichTheGridDoesNotAnswerAtAllIsNotWritten() {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = noEpoch(epoch);
        stores.grid().setBroken(true);

        assertThatThrownBy(() -> swap(other, epoch, none, stores.epoch(epoch, TestStores.START)))
                .isInstanceOf(PosternException.class);
        assertThat(TestStores.flush(other)).isTrue();

        assertThat(stores.database.row(epoch)).isEmpty();
        assertThat(other.metrics().waiting()).isZero();
    }

    /** Another node has put the user's rows back into a grid that has lost them, from a database without the epoch. */
    @Test
    void epochThatTheGridHasLostBeforeASlowDatabaseHadItIsNotAcknowledged() {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = noEpoch(epoch);
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            stores.grid().lose(any -> true);
            byte[] restored = other.cache().read(epoch, TestStores.soon()).orElseThrow();
            assertThat(stores.decoded(epoch, restored)).isEqualTo(Epoch.NONE);
            stores.grid().pass(Duration.ofMillis(1001));
        });

        assertThatThrownBy(() -> swap(other, epoch, none, stores.epoch(epoch, TestStores.START)))
                .hasMessageContaining("has lost the row");
    }

    @Test
    void epochThatASlowDatabaseHasIsAcknowledged() {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = noEpoch(epoch);
        stores.database.beforeEachCall(call -> stores.grid().pass(Duration.ofMillis(1001)));

        assertThat(swap(other, epoch, none, stores.epoch(epoch, TestStores.START)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"2, true", "1, true", "0, false"})
    void nameThatASlowDatabaseHasIsAcknowledgedIfTheGridStillHasItsEnd(int seconds, boolean isAcknowledged) {
        RowKey name = RowKey.provider(TestRows.user(key));
        ProviderName present = ProviderName.UNKNOWN.endedAt(TestStores.START.plusSeconds(seconds));
        byte[] ended = stores.codec.encode(name, ProviderName.UNKNOWN.endedAt(TestStores.START.plusSeconds(1)));
        stores.database.beforeEachCall(call -> {
            stores.grid().lose(any -> true);
            assertThat(stores.grid().create(name, stores.codec.encode(name, present), TestStores.soon()))
                    .isTrue();
            stores.grid().pass(Duration.ofMillis(1001));
        });

        if (isAcknowledged) {
            assertThat(other.cache().create(name, ended, TestStores.soon())).isTrue();
        } else {
            assertThatThrownBy(() -> other.cache().create(name, ended, TestStores.soon()))
                    .hasMessageContaining("has lost the row");
        }
    }

    private byte[] noEpoch(RowKey epoch) {
        byte[] none = stores.codec.encode(epoch, Epoch.NONE);
        assertThat(stores.grid().create(epoch, none, TestStores.soon())).isTrue();
        return none;
    }
}
