package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A database that does not answer, and one that answers and refuses to write. */
class SilentDatabaseTest {

    private final TestStores stores = new TestStores();
    private final DurableStore store = stores.store();
    private final RowKey key = stores.key();

    private void end(RowKey session, byte[] row) {
        boolean unused = store.cache().swap(session, row, stores.over(session), TestStores.soon());
    }

    /** The calls of one thread wait until the latch. */
    private static final class Gate {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answer = new CountDownLatch(1);

        void pass(String call) {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void oneEndAtATimeAsksADatabaseThatDoesNotAnswer() throws Exception {
        RowKey epoch = TestRows.epoch(key);
        byte[] none = store.cache().read(epoch, TestStores.soon()).orElseThrow();
        byte[] row = stores.begun(store, key);
        RowKey another = stores.key();
        byte[] anotherRow = stores.begun(store, another);
        RowKey third = stores.key();
        byte[] thirdRow = stores.begun(store, third);
        stores.database.setBroken(true);
        assertThatThrownBy(() -> end(key, row)).hasMessageContaining("broken");
        List<String> unused = stores.database.calls();
        Gate gate = new Gate();
        stores.database.beforeEachCall(gate::pass);
        Thread probe = new Thread(
                () -> assertThatThrownBy(() -> end(another, anotherRow)).isInstanceOf(PosternException.class));
        probe.start();
        gate.asked.await();

        assertThatThrownBy(() -> end(third, thirdRow)).hasMessage("The store does not answer.");
        assertThatThrownBy(
                        () -> store.cache().swap(epoch, none, stores.epoch(epoch, TestStores.START), TestStores.soon()))
                .hasMessage("The store does not answer.");
        assertThat(stores.database.calls()).isEmpty();
        assertThat(stores.inGrid(third)).isInstanceOf(Revoked.class);
        assertThat(stores.inGrid(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));

        gate.answer.countDown();
        probe.join();
        stores.database.setBroken(false);
        assertThat(stores.inDatabase(third)).isInstanceOf(Active.class);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(List.of(key, another, third))
                .allSatisfy(one -> assertThat(stores.inDatabase(one)).isInstanceOf(Revoked.class));
        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));
    }

    @Test
    void endThatIsAnsweredLetsAllOthersAskAgain() {
        RowKey another = stores.key();
        byte[] anotherRow = stores.begun(store, another);
        byte[] row = stores.begun(store, key);
        stores.database.setBroken(true);
        assertThatThrownBy(() -> end(key, row)).isInstanceOf(PosternException.class);
        assertThat(store.isAnswering()).isFalse();
        stores.database.setBroken(false);

        end(another, anotherRow);

        assertThat(store.isAnswering()).isTrue();
        assertThat(stores.inDatabase(another)).isInstanceOf(Revoked.class);
    }

    @Test
    void databaseThatRefusesToWriteAnswers() throws Exception {
        RowKey stored = stores.key();
        byte[] storedRow = stores.begun(store, stored);
        byte[] row = stores.begun(store, key);
        stores.grid().lose(stored::equals);
        stores.database.setReadOnly(true);

        assertThatThrownBy(() -> end(key, row)).isInstanceOf(DurableRows.RefusedException.class);
        assertThat(TestStores.flush(store)).isFalse();

        assertThat(store.isAnswering()).isTrue();
        assertThat(store.metrics().failures()).isEqualTo(2);
        Gate gate = new Gate();
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            gate.pass(call);
        });
        Thread other = new Thread(() -> store.cache().read(stores.key(), TestStores.soon()));
        other.start();
        gate.asked.await();
        assertThat(store.cache().read(stored, TestStores.soon())).contains(storedRow);
        gate.answer.countDown();
        other.join();
    }

    @Test
    void refusedWriteDoesNotSayThatADatabaseAnswersWhichWasNotRead() {
        stores.database.setBroken(true);
        assertThatThrownBy(() -> store.cache().read(key, TestStores.soon())).isInstanceOf(PosternException.class);
        stores.database.setBroken(false);
        stores.database.setReadOnly(true);

        assertThatThrownBy(() -> store.cache().create(key, stores.over(key), TestStores.soon()))
                .isInstanceOf(DurableRows.RefusedException.class);

        assertThat(store.isAnswering()).isFalse();
        assertThat(store.cache().read(TestRows.sibling(key), TestStores.soon())).isEmpty();
        assertThat(store.isAnswering()).isTrue();
    }
}
