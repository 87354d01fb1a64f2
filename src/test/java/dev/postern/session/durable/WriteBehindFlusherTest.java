package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.ProviderName;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import dev.postern.testing.PassingCache;
import dev.postern.testing.PassingRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

        assertThat(stores.database.calls()).containsExactly("write 2");
        assertThat(bytesInDatabase()).isEqualTo(touched);
        assertThat(store.metrics().waiting()).isZero();
        assertThat(store.metrics().written()).isEqualTo(2);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(stores.database.calls()).isEmpty();
    }

    @Test
    void lostSwapWritesNothing() {
        byte[] begun = stores.begun(store, key);

        assertThat(store.cache().swap(key, stores.live(key), begun, TestStores.soon())).isFalse();

        assertThat(store.metrics().waiting()).isZero();
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

    @Test
    void sessionThatHasEndedMeanwhileIsEndedInTheDatabase() {
        byte[] begun = stores.live(key);
        create(store, key, begun);
        assertThat(stores.grid().swap(key, begun, stores.over(key), TestStores.soon())).isTrue();

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
        DurableStore picky = stores.store(
                new PassingRows(stores.database) {
                    @Override
                    public void write(Collection<DurableRow> living, Deadline deadline) {
                        if (living.stream().anyMatch(row -> row.key().equals(refused))) {
                            throw new PosternException("This row is refused.");
                        }
                        super.write(living, deadline);
                    }
                },
                stores.grid());
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

        assertThat(stores.database.calls()).containsExactly("write 500", "write 500", "write 203");
        assertThat(store.metrics().waiting()).isZero();
        assertThat(stores.database.size()).isEqualTo(1_203);
    }

    @Test
    void namesAtAProviderAreMerged() {
        RowKey name = RowKey.provider(new Handle("AAAAAAAAAAAAAAAAAAAAAA"));
        ProviderName one = ProviderName.UNKNOWN
                .with(key, LATER, TestStores.START)
                .orElseThrow();
        create(store, name, stores.codec.encode(name, one));
        assertThat(TestStores.flush(store)).isTrue();
        ProviderName two = one.with(TestRows.key(), LATER, TestStores.START).orElseThrow();
        byte[] seen = stores.grid().read(name, TestStores.soon()).orElseThrow();
        assertThat(store.cache().swap(name, seen, stores.codec.encode(name, two), TestStores.soon())).isTrue();
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
        assertThat(stores.database.calls()).containsExactly("write 1");
    }
}
