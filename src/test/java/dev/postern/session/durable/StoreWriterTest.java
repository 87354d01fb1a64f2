package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StoreWriterTest {

    private static final String NAME = "postern-store-writer-test";

    private final TestStores stores = new TestStores();
    private final RowKey key = stores.key();

    private DurableStore open() {
        return DurableStore.open(stores.database, stores.grid(), stores.lifetimes, NAME);
    }

    private static boolean isThreadAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(NAME));
    }

    @Test
    void writesWithoutBeingAskedAndEndsWhenItIsClosed() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        stores.database.beforeEachCall(call -> written.countDown());
        DurableStore store = open();
        assertThat(store.cache().create(key, stores.live(key), TestStores.soon()))
                .isTrue();

        assertThat(written.await(20, TimeUnit.SECONDS)).isTrue();

        store.close();
        assertThat(isThreadAlive()).isFalse();
        assertThat(stores.database.row(key)).isPresent();
    }

    @Test
    void closeWritesWhatWaits() {
        DurableStore store = open();
        List<RowKey> keys = TestRows.keys(700);
        keys.forEach(one -> assertThat(store.cache().create(one, stores.live(one), TestStores.soon()))
                .isTrue());

        store.close();

        assertThat(stores.database.size()).isEqualTo(700);
        assertThat(store.metrics().waiting()).isZero();
        assertThat(isThreadAlive()).isFalse();

        assertThat(store.cache().create(key, stores.live(key), TestStores.soon()))
                .isTrue();
        store.close();
        assertThat(stores.database.row(key)).isPresent();
    }

    @Test
    void closeEndsTheThreadEvenIfTheDatabaseDoesNotAnswer() {
        DurableStore store = open();
        stores.database.setBroken(true);
        assertThat(store.cache().create(key, stores.live(key), TestStores.soon()))
                .isTrue();

        store.close();

        assertThat(isThreadAlive()).isFalse();
        assertThat(store.isAnswering()).isFalse();
    }

    @Test
    void databaseThatAnswersAgainIsNoticedWithoutARequest() throws Exception {
        CountDownLatch probed = new CountDownLatch(1);
        CountDownLatch failed = new CountDownLatch(1);
        stores.database.beforeEachCall(call -> {
            if (call.equals("rowsBehind")) {
                probed.countDown();
            }
            if (failed.getCount() > 0) {
                failed.countDown();
                throw new PosternException("The store is down.");
            }
        });
        DurableStore store = open();
        assertThat(store.cache().create(key, stores.live(key), TestStores.soon()))
                .isTrue();

        assertThat(probed.await(20, TimeUnit.SECONDS)).isTrue();
        store.close();
        assertThat(stores.database.row(key)).isPresent();
        assertThat(store.isAnswering()).isTrue();
    }

    @Test
    void errorDoesNotEndTheThread() throws Exception {
        CountDownLatch again = new CountDownLatch(2);
        stores.database.beforeEachCall(call -> {
            again.countDown();
            if (again.getCount() > 0) {
                throw new IllegalStateException("A driver with a fault.");
            }
        });
        DurableStore store = open();
        assertThat(store.cache().create(key, stores.live(key), TestStores.soon()))
                .isTrue();

        assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();

        store.close();
        assertThat(stores.database.row(key)).isPresent();
    }

    @Test
    void pausesGrowUpToFiveSeconds() {
        assertThat(StoreWriter.PAUSE).isEqualTo(Duration.ofMillis(500));
        assertThat(StoreWriter.longer(Duration.ofMillis(500))).isEqualTo(Duration.ofSeconds(1));
        assertThat(StoreWriter.longer(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(4));
        assertThat(StoreWriter.longer(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(5));
        assertThat(StoreWriter.longer(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
    }
}
