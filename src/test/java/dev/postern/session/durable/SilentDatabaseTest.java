package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.postern.PosternException;
import dev.postern.session.concurrent.DaemonThreads;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.NotDurableException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A database that does not answer, and one that answers and refuses to write. */
class SilentDatabaseTest {

    private static final Set<String> READS = Set.of("read", "rowsOf", "rowsBehind");

    private final TestStores stores = new TestStores();
    private final DurableStore store = stores.store();
    private final RowKey key = stores.key();

    private void end(RowKey session, byte[] row) {
        boolean unused = store.cache().swap(session, row, stores.over(session), TestStores.soon());
    }

    /** The calls of one thread wait until it is opened. */
    private static final class Gate {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answer = new CountDownLatch(1);

        void pass(String call) {
            asked.countDown();
            try {
                assertThat(answer.await(20, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitCall() throws InterruptedException {
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        }

        void open() {
            answer.countDown();
        }
    }

    /** Work on a thread of its own, which ends with the tests. */
    private static <T> FutureTask<T> started(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        new DaemonThreads("silent-database-test").newThread(task).start();
        return task;
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        return task.get(20, TimeUnit.SECONDS);
    }

    /** What the end of the session has failed with. */
    private Throwable failedEnd(RowKey session, byte[] row) {
        return catchThrowable(() -> end(session, row));
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
        assertThatThrownBy(() -> end(key, row)).rootCause().hasMessageContaining("broken");
        List<String> unused = stores.database.calls();
        Gate gate = new Gate();
        stores.database.beforeEachCall(gate::pass);
        FutureTask<Throwable> probe = started(() -> failedEnd(another, anotherRow));
        gate.awaitCall();

        assertThatThrownBy(() -> end(third, thirdRow)).hasRootCauseMessage("The store does not answer.");
        assertThatThrownBy(
                        () -> store.cache().swap(epoch, none, stores.epoch(epoch, TestStores.START), TestStores.soon()))
                .hasRootCauseMessage("The store does not answer.");
        assertThat(stores.database.calls()).isEmpty();
        assertThat(stores.inGrid(third)).isInstanceOf(Revoked.class);
        assertThat(stores.inGrid(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));

        gate.open();
        assertThat(result(probe))
                .isInstanceOf(NotDurableException.class)
                .rootCause()
                .hasMessageContaining("broken");
        stores.database.setBroken(false);
        assertThat(stores.inDatabase(third)).isInstanceOf(Active.class);
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(List.of(key, another, third))
                .allSatisfy(one -> assertThat(stores.inDatabase(one)).isInstanceOf(Revoked.class));
        assertThat(stores.inDatabase(epoch)).isEqualTo(new Epoch(TestStores.START, Optional.empty()));
    }

    /** Its copy is gone and confirms no write, for instance. */
    @Test
    void databaseThatAnswersReadsAloneGetsOneEndAtATime() throws Exception {
        byte[] row = stores.begun(store, key);
        RowKey another = stores.key();
        byte[] anotherRow = stores.begun(store, another);
        RowKey third = stores.key();
        byte[] thirdRow = stores.begun(store, third);
        stores.database.beforeEachCall(call -> {
            if (!READS.contains(call)) {
                throw new PosternException("This write is not answered.");
            }
        });
        assertThatThrownBy(() -> end(key, row)).hasRootCauseMessage("This write is not answered.");
        Gate gate = new Gate();
        stores.database.beforeEachCall(call -> {
            if (!READS.contains(call)) {
                gate.pass(call);
                throw new PosternException("This write is not answered.");
            }
        });
        FutureTask<Throwable> probe = started(() -> failedEnd(another, anotherRow));
        gate.awaitCall();

        assertThat(store.cache().read(stores.key(), TestStores.soon())).isEmpty();
        assertThat(store.isAnswering()).isFalse();
        assertThat(result(started(() -> failedEnd(third, thirdRow)))).hasRootCauseMessage("The store does not answer.");

        gate.open();
        assertThat(result(probe)).hasRootCauseMessage("This write is not answered.");
        stores.database.beforeEachCall(call -> {});
        assertThat(TestStores.flush(store)).isTrue();
        assertThat(store.isAnswering()).isTrue();
        assertThat(List.of(key, another, third))
                .allSatisfy(one -> assertThat(stores.inDatabase(one)).isInstanceOf(Revoked.class));
    }

    @Test
    void writesThatAreNotAnsweredKeepNoLookUpsBack() throws Exception {
        byte[] row = stores.begun(store, key);
        stores.database.beforeEachCall(call -> {
            throw new PosternException("This write is not answered.");
        });
        assertThatThrownBy(() -> end(key, row)).isInstanceOf(PosternException.class);
        Gate gate = new Gate();
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            gate.pass(call);
        });
        FutureTask<Optional<byte[]>> slow = started(() -> store.cache().read(stores.key(), TestStores.soon()));
        gate.awaitCall();

        assertThat(store.cache().read(stores.key(), TestStores.soon())).isEmpty();

        gate.open();
        assertThat(result(slow)).isEmpty();
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

        assertThatThrownBy(() -> end(key, row)).hasCauseInstanceOf(DurableRows.RefusedException.class);
        assertThat(TestStores.flush(store)).isFalse();

        assertThat(store.isAnswering()).isTrue();
        assertThat(store.metrics().failures()).isEqualTo(2);
        Gate gate = new Gate();
        stores.database.beforeEachCall(call -> {
            stores.database.beforeEachCall(any -> {});
            gate.pass(call);
        });
        FutureTask<Optional<byte[]>> other = started(() -> store.cache().read(stores.key(), TestStores.soon()));
        gate.awaitCall();
        assertThat(store.cache().read(stored, TestStores.soon())).contains(storedRow);
        gate.open();
        assertThat(result(other)).isEmpty();
    }

    @Test
    void refusedWriteDoesNotSayThatADatabaseAnswersWhichWasNotRead() {
        stores.database.setBroken(true);
        assertThatThrownBy(() -> store.cache().read(key, TestStores.soon())).isInstanceOf(PosternException.class);
        stores.database.setBroken(false);
        stores.database.setReadOnly(true);

        assertThatThrownBy(() -> store.cache().create(key, stores.over(key), TestStores.soon()))
                .hasCauseInstanceOf(DurableRows.RefusedException.class);

        assertThat(store.isAnswering()).isFalse();
        assertThat(store.cache().read(TestRows.sibling(key), TestStores.soon())).isEmpty();
        assertThat(store.isAnswering()).isTrue();
    }
}
