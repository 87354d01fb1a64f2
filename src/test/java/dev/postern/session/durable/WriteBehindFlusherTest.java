package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import dev.postern.testing.PassingCache;
import dev.postern.testing.PassingRows;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is written to the database after the grid. */
class WriteBehindFlusherTest {

    private static final Instant LATER = TestStores.START.plusSeconds(1);

    private final TestStores stores = new TestStores();
    private final DurableStore store = stores.store();
    private final DurableStore other = stores.store();
    private final RowKey key = stores.key();

    private void create(DurableStore on, RowKey session, byte[] row) {
        assertThat(on.cache().create(session, row, TestStores.soon())).isTrue();
    }

    private void swap(DurableStore on, byte[] seen, byte[] next) {
        assertThat(on.cache().swap(key, seen, next, TestStores.soon())).isTrue();
    }

    private byte[] bytesInDatabase() {
        return stores.database.row(key).orElseThrow().bytes();
    }

    /** A node whose database does not take the living row. */
    private DurableStore picky(RowKey refused) {
        return stores.store(
                new PassingRows(stores.database) {
                    @Override
                    public void write(Collection<DurableRow> living, Deadline deadline) {
                        if (living.stream().anyMatch(row -> row.key().equals(refused))) {
                            throw new RefusedException("This row is refused.", new SQLException());
                        }
                        super.write(living, deadline);
                    }
                },
                stores.grid());
    }

    @Test
    void beginningsAndTouchesAreWrittenAfterTheGridAndTogether() {
        byte[] begun = stores.live(key);
        byte[] touched = stores.live(key, LATER);
        create(store, key, begun);
        RowKey sibling = TestRows.sibling(key);
        create(store, sibling, stores.live(sibling));
        swap(store, begun, touched);
        assertThat(stores.database.calls()).isEmpty();
        assertThat(store.metrics().waiting()).isEqualTo(2);
        stores.grid().pass(UnconfirmedEnds.SLOW);
        assertThat(store.metrics().oldestMillis()).isEqualTo(1000);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.database.calls()).containsExactly("write 2", "read 1"); // and the user's epoch
        assertThat(bytesInDatabase()).isEqualTo(touched);
        assertThat(store.metrics().waiting()).isZero();
        assertThat(store.metrics().written()).isEqualTo(2);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.calls()).isEmpty();
    }

    /** It may have been made although the answer is no. */
    @Test
    void lostSwapWritesWhatTheGridHas() {
        byte[] begun = stores.begun(store, key);
        byte[] touched = stores.live(key, LATER);
        assertThat(stores.grid().swap(key, begun, touched, TestStores.soon())).isTrue();

        assertThat(store.cache().swap(key, begun, stores.live(key), TestStores.soon()))
                .isFalse();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(touched);
    }

    @Test
    void writesWhatTheGridHasByThen() {
        byte[] begun = stores.live(key);
        byte[] touched = stores.live(key, LATER);
        create(store, key, begun);
        swap(other, begun, touched);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(touched);
    }

    @Test
    void writesWhatItRemembersIfTheGridDoesNotAnswer() {
        byte[] begun = stores.live(key);
        create(store, key, begun);
        stores.grid().setBroken(true);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(begun);
    }

    @Test
    void rememberedRowNeverReplacesATombstoneOrALaterRow() {
        byte[] begun = stores.live(key);
        byte[] touched = stores.live(key, LATER);
        create(store, key, begun);
        swap(other, begun, touched);
        assertThat(TestStores.flush(other)).isTrue();
        stores.grid().setBroken(true);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(bytesInDatabase()).isEqualTo(touched);

        stores.grid().setBroken(false);
        byte[] again = stores.live(key, LATER);
        swap(store, touched, again);
        swap(other, again, stores.over(key));
        stores.grid().setBroken(true);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    /** The row that this node has read is written over the newer one, because both were used at the same time. */
    @Test
    void looksAtTheGridAgainAfterTheWrite() {
        byte[] begun = stores.live(key);
        byte[] edited = stores.live(key);
        create(store, key, begun);
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            swap(other, begun, edited);
            assertThat(TestStores.flush(other)).isTrue();
            assertThat(bytesInDatabase()).isEqualTo(edited);
        });
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(bytesInDatabase()).isEqualTo(begun);
        assertThat(store.metrics().waiting()).isEqualTo(1);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(edited);
    }

    /** The other node has written the newer row already, which was used at the same time. */
    @Test
    void rowThatWasWrittenWithoutALookAtTheGridIsComparedAsSoonAsTheGridAnswers() {
        byte[] begun = stores.live(key);
        byte[] edited = stores.live(key, TestStores.START, Map.of("note", "edited"));
        create(store, key, begun);
        swap(other, begun, edited);
        assertThat(TestStores.flush(other)).isTrue();
        stores.grid().setBroken(true);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(bytesInDatabase()).isEqualTo(begun);
        assertThat(store.flusher().hasWrittenAll()).isFalse();
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(store.flusher().hasWrittenAll()).isFalse();

        isReplacedOnceTheGridAnswers(edited);
    }

    @Test
    void rowIsComparedSoonIfTheGridDoesNotAnswerAfterTheWriteAlone() {
        byte[] begun = stores.live(key);
        byte[] edited = stores.live(key, TestStores.START, Map.of("note", "edited"));
        create(store, key, begun);
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            swap(other, begun, edited);
            assertThat(TestStores.flush(other)).isTrue();
            stores.grid().setBroken(true);
        });
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(bytesInDatabase()).isEqualTo(begun);
        assertThat(store.flusher().hasWrittenAll()).isFalse();

        isReplacedOnceTheGridAnswers(edited);
    }

    private void isReplacedOnceTheGridAnswers(byte[] newest) {
        stores.grid().setBroken(false);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(store.metrics().waiting()).isEqualTo(1);
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(newest);
        assertThat(store.flusher().hasWrittenAll()).isTrue();
    }

    /** No stop waits for a grid that is gone. */
    @Test
    void isDoneWithoutAGrid() {
        create(store, key, stores.live(key));
        stores.grid().setBroken(true);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(store.flusher().hasWrittenAll()).isFalse();
        assertThat(store.flusher().isDone()).isTrue();
    }

    @Test
    void rowThatTheDatabaseRefusesKeepsBackNoComparison() {
        RowKey refused = TestRows.key();
        DurableStore picky = picky(refused);
        byte[] begun = stores.live(key);
        create(picky, key, begun);
        stores.grid().setBroken(true);
        assertThat(TestStores.flush(picky)).isTrue();
        stores.grid().setBroken(false);
        byte[] edited = stores.live(key, TestStores.START, Map.of("note", "edited"));
        assertThat(stores.grid().swap(key, begun, edited, TestStores.soon())).isTrue();
        create(picky, refused, stores.live(refused));

        for (int i = 0; i < 40; i++) {
            boolean unused = TestStores.flush(picky);
        }

        assertThat(picky.metrics().waiting()).isEqualTo(1);
        assertThat(bytesInDatabase()).isEqualTo(edited);
    }

    @Test
    void sessionThatHasEndedMeanwhileIsEndedInTheDatabase() {
        byte[] begun = stores.live(key);
        create(store, key, begun);
        assertThat(stores.grid().swap(key, begun, stores.over(key), TestStores.soon()))
                .isTrue();

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
    }

    @Test
    void rowsGoOnWaitingWhileTheDatabaseDoesNotAnswer() {
        create(store, key, stores.live(key));
        stores.database.setBroken(true);

        assertThat(TestStores.flush(store)).isFalse();
        assertThat(store.isAnswering()).isFalse();
        assertThat(store.metrics().waiting()).isEqualTo(1);
        assertThat(store.metrics().failures()).isEqualTo(1);

        stores.database.setBroken(false);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(store.isAnswering()).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);
    }

    @Test
    void lostReplyIsWrittenAgain() {
        create(store, key, stores.live(key));
        stores.database.loseReplies(1);

        assertThat(TestStores.flush(store)).isFalse();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);
    }

    @Test
    void rowThatTheDatabaseRefusesDoesNotKeepBackTheOthers() {
        List<RowKey> keys = TestRows.keys(20);
        RowKey refused = keys.get(7);
        DurableStore picky = picky(refused);
        keys.forEach(one -> create(picky, one, stores.live(one)));

        for (int i = 0; i < 40; i++) {
            boolean unused = TestStores.flush(picky);
        }

        assertThat(picky.metrics().waiting()).isEqualTo(1);
        assertThat(keys).filteredOn(one -> stores.database.row(one).isEmpty()).containsExactly(refused);
    }

    @Test
    void manyRowsAreWrittenInBatches() {
        List<RowKey> keys = TestRows.keys(1_203);
        keys.forEach(one -> create(store, one, stores.live(one)));

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.database.calls())
                .filteredOn(call -> call.startsWith("write"))
                .containsExactly("write 500", "write 500", "write 203");
        assertThat(store.metrics().waiting()).isZero();
        assertThat(stores.database.size()).isEqualTo(1_203);
    }

    @Test
    void namesAtAProviderAreMerged() {
        RowKey name = RowKey.provider(new Handle("AAAAAAAAAAAAAAAAAAAAAA"));
        ProviderName one =
                ProviderName.UNKNOWN.with(key, LATER, TestStores.START).orElseThrow();
        create(store, name, stores.codec.encode(name, one));
        assertThat(TestStores.flush(store)).isTrue();
        ProviderName two = one.with(TestRows.key(), LATER, TestStores.START).orElseThrow();
        byte[] seen = stores.grid().read(name, TestStores.soon()).orElseThrow();
        assertThat(store.cache().swap(name, seen, stores.codec.encode(name, two), TestStores.soon()))
                .isTrue();
        List<String> unused = stores.database.calls();

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.database.calls()).containsExactly("merge");
        assertThat(stores.inDatabase(name)).isEqualTo(two);
    }

    /** The caller does not know whether it was made, and the writer finds out. */
    @Test
    void writeWithoutAnAnswerIsWrittenIfItWasMade() {
        byte[] begun = stores.begun(store, key);
        byte[] touched = stores.live(key, LATER);
        DurableStore failing = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean swap(RowKey row, byte[] seen, byte[] next, Deadline deadline) {
                boolean unused = super.swap(row, seen, next, deadline);
                throw new PosternException("The grid is down.");
            }
        });

        assertThatThrownBy(() -> failing.cache().swap(key, begun, touched, TestStores.soon()))
                .isInstanceOf(PosternException.class);
        assertThat(TestStores.flush(failing)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(touched);
    }

    @Test
    void rowThatIsOnlyKeptLongerIsNotWritten() {
        byte[] begun = stores.begun(store, key);

        assertThat(store.cache().retain(key, begun, TestStores.soon())).isTrue();

        assertThat(store.metrics().waiting()).isZero();
        assertThat(stores.database.calls()).startsWith("write 1").doesNotContain("end 1");
    }

    @Test
    void namesThatTheDatabaseHasAlreadyAreNotMergedAgain() {
        List<RowKey> names = TestRows.keys(3).stream()
                .map(one -> RowKey.provider(TestRows.user(one)))
                .toList();
        ProviderName name =
                ProviderName.UNKNOWN.with(key, LATER, TestStores.START).orElseThrow();
        names.forEach(one -> create(store, one, stores.codec.encode(one, name)));
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.calls()).containsExactly("read 3", "merge", "merge", "merge");
        names.forEach(one -> {
            byte[] seen = stores.grid().read(one, TestStores.soon()).orElseThrow();
            assertThat(store.cache().swap(one, seen, seen, TestStores.soon())).isTrue();
        });

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.database.calls()).containsExactly("read 3");
    }

    /** The sessions are in the grid, and must not depend on the database because an epoch was dropped. */
    @Test
    void epochsOfUsersWithLivingSessionsAreKept() {
        RowKey epoch = TestRows.epoch(key);
        byte[] row = stores.begun(store, key);
        Duration kept = stores.grid().timeLeft(epoch).orElseThrow();
        for (int i = 1; i <= 10; i++) {
            stores.grid().pass(RowRestorer.KEEPING);
            byte[] next = stores.live(key);
            swap(store, row, next);
            row = next;
            assertThat(TestStores.flush(store)).isTrue();
            assertThat(stores.grid().timeLeft(epoch)).contains(kept);
        }
        stores.grid().pass(RowRestorer.KEEPING.minusMillis(1));
        swap(store, row, stores.live(key));
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.grid().timeLeft(epoch))
                .contains(kept.minus(RowRestorer.KEEPING).plusMillis(1));

        stores.database.setBroken(true);
        assertThat(store.cache().read(epoch, TestStores.soon())).isPresent();
    }

    @Test
    void databaseThatHasFailedOverToACopyGetsWhatItLacks() {
        RowKey over = TestRows.sibling(key);
        byte[] begunOver = stores.begun(store, over);
        stores.grid().pass(Duration.ofMinutes(1));
        byte[] begun = stores.begun(store, key);
        assertThat(store.cache().swap(over, begunOver, stores.over(over), TestStores.soon()))
                .isTrue();
        stores.grid().pass(Duration.ofSeconds(2).minusMillis(1));
        stores.database.failOver(Duration.ofSeconds(2));
        assertThat(stores.database.row(key)).isEmpty();
        assertThat(stores.inDatabase(over)).isInstanceOf(Active.class);

        stores.grid().pass(RecentWrites.AGE);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(begun);
        assertThat(stores.inDatabase(over)).isInstanceOf(Revoked.class);
        List<String> unused = stores.database.calls();
        stores.grid().pass(RecentWrites.AGE);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.calls()).containsExactly("read 2");
        stores.grid().pass(RecentWrites.AGE);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.calls()).isEmpty();
    }

    /** Another node has written the newer row since this one looked at the grid. */
    @Test
    void comparisonWritesNoRowThatIsNotTheNewestByThen() {
        byte[] begun = stores.begun(store, key);
        stores.database.failOver(Duration.ofSeconds(2));
        stores.grid().pass(RecentWrites.AGE);
        byte[] edited = stores.live(key, TestStores.START, Map.of("colour", "red"));
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            swap(other, begun, edited);
            assertThat(TestStores.flush(other)).isTrue();
        });
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(bytesInDatabase()).isEqualTo(edited);
        assertThat(store.metrics().waiting()).isEqualTo(1);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(edited);
        assertThat(store.metrics().waiting()).isZero();
    }

    /** In a split the other part of the grid has ended the session. */
    @Test
    void comparisonLeavesATombstoneAlone() {
        byte[] begun = stores.begun(store, key);
        stores.database.end(
                List.of(new DurableRow(
                        key, stores.over(key), DurableRow.Kind.OVER, Instant.EPOCH, TestStores.START.plusSeconds(900))),
                TestStores.soon());
        stores.grid().pass(RecentWrites.AGE);

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(store.metrics().waiting()).isZero();
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
        assertThat(stores.grid().read(key, TestStores.soon())).contains(begun);
    }

    @Test
    void endThatTheGridDoesNotTellOfKeepsBackNoRows() {
        byte[] begun = stores.begun(store, key);
        DurableStore failing = stores.store(new PassingCache(stores.grid()) {
            @Override
            public boolean swap(RowKey row, byte[] seen, byte[] next, Deadline deadline) {
                throw new PosternException("The grid is down.");
            }
        });
        assertThatThrownBy(() -> failing.cache().swap(key, begun, stores.over(key), TestStores.soon()))
                .isInstanceOf(PosternException.class);
        RowKey another = TestRows.key();
        create(failing, another, stores.live(another));
        stores.grid().pass(UnconfirmedEnds.SETTLING);
        stores.grid().setBroken(true);

        assertThat(TestStores.flush(failing)).isTrue();

        assertThat(stores.inDatabase(another)).isInstanceOf(Active.class);
        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
        stores.grid().setBroken(false);
        assertThat(TestStores.flush(failing)).isTrue();
        assertThat(stores.inDatabase(key)).isInstanceOf(Active.class);
    }

    /** The grid was lost, and an older row came back before this node has written the newer one. */
    @Test
    void newerRowThatWaitsIsNotGivenUpForAnOlderOneOfTheGrid() {
        byte[] begun = stores.begun(store, key);
        byte[] touched = stores.live(key, LATER);
        swap(store, begun, touched);
        stores.grid().lose(any -> true);
        assertThat(other.cache().read(key, TestStores.soon())).contains(begun);

        assertThat(TestStores.flush(store)).isTrue();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(bytesInDatabase()).isEqualTo(touched);
    }

    /** The grid was lost, and the session came back before this node has written its end. */
    @Test
    void tombstoneThatWaitsIsNotGivenUpForALivingRowOfTheGrid() {
        byte[] begun = stores.begun(store, key);
        stores.database.setBroken(true);
        assertThatThrownBy(() -> store.cache().swap(key, begun, stores.over(key), TestStores.soon()))
                .isInstanceOf(PosternException.class);
        stores.database.setBroken(false);
        stores.grid().lose(any -> true);
        assertThat(other.cache().read(key, TestStores.soon())).contains(begun);

        assertThat(TestStores.flush(store)).isTrue();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(key)).isInstanceOf(Revoked.class);
        assertThat(store.metrics().waiting()).isZero();
    }

    /** The grid was lost, and got an epoch that ends nothing before this node has written its own. */
    @Test
    void epochThatWaitsIsNotGivenUpForNone() {
        RowKey epoch = waitingEpoch(LATER);
        stores.grid().lose(any -> true);
        assertThat(other.cache().read(epoch, TestStores.soon())).isPresent();
        assertThat(stores.inGrid(epoch)).isEqualTo(Epoch.NONE);

        assertThat(TestStores.flush(store)).isTrue();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(LATER, Optional.empty()));
        assertThat(store.metrics().waiting()).isZero();
    }

    @Test
    void epochThatWaitsIsUnitedWithThatOfTheGrid() {
        Handle spared = key.session().orElseThrow();
        RowKey epoch = waitingEpoch(LATER);
        stores.grid().lose(any -> true);
        Epoch sparing = new Epoch(LATER.plusSeconds(1), Optional.of(new Epoch.Spared(spared, TestStores.START)));
        assertThat(stores.grid().create(epoch, stores.codec.encode(epoch, sparing), TestStores.soon()))
                .isTrue();

        assertThat(TestStores.flush(store)).isTrue();
        assertThat(TestStores.flush(store)).isTrue();

        assertThat(stores.inDatabase(epoch))
                .isEqualTo(new Epoch(LATER.plusSeconds(1), Optional.of(new Epoch.Spared(spared, LATER))));
        assertThat(store.metrics().waiting()).isZero();
    }

    /** An epoch that the grid has, and that the database has not answered. */
    private RowKey waitingEpoch(Instant notBefore) {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = store.cache().read(epoch, TestStores.soon()).orElseThrow();
        stores.database.setBroken(true);
        assertThatThrownBy(() -> store.cache().swap(epoch, none, stores.epoch(epoch, notBefore), TestStores.soon()))
                .isInstanceOf(PosternException.class);
        stores.database.setBroken(false);
        return epoch;
    }

    @Test
    void fewRowsAreWrittenAsABatchAfterFailures() {
        stores.database.setBroken(true);
        create(store, key, stores.live(key));
        for (int i = 0; i < 12; i++) {
            assertThat(TestStores.flush(store)).isFalse();
        }
        stores.database.setBroken(false);
        TestRows.keys(9).forEach(one -> create(store, one, stores.live(one)));

        assertThat(TestStores.flush(store)).isTrue();

        assertThat(store.metrics().waiting()).isZero();
    }
}
