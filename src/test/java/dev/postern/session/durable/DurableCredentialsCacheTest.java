package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.CredentialsCacheContract;
import dev.postern.session.store.NotDurableException;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.InMemoryDurableRows;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the port promises, of two nodes with a database beside one grid. */
class DurableCredentialsCacheTest extends CredentialsCacheContract {

    private final InMemoryCredentialsCache grid = new InMemoryCredentialsCache(TestRows.LIFETIMES, TestStores.START);
    private final InMemoryDurableRows database = new InMemoryDurableRows(grid::now);
    private final CredentialsCache one = node();
    private final CredentialsCache other = node();

    private CredentialsCache node() {
        return new DurableStore(database, grid, TestRows.LIFETIMES, "contract", grid::nanoTime).cache();
    }

    @Override
    public CredentialsCache cache() {
        return one;
    }

    @Override
    public CredentialsCache other() {
        return other;
    }

    @Override
    public Duration timeLeft(RowKey key) {
        return grid.timeLeft(key).orElse(Duration.ZERO);
    }

    @Test
    void asksTheDatabaseNothingIfTheGridAloneIsRead() {
        TestStores stores = new TestStores();
        DurableStore store = stores.store();
        RowKey key = stores.key();
        byte[] row = stores.begun(store, key);
        stores.stopAll();
        stores.database.setBroken(true);
        CredentialsCache gridAlone = stores.store().cache().gridAlone();
        List<String> unused = stores.database.calls();
        Deadline soon = TestStores.soon();

        assertThat(gridAlone.read(key, soon)).isEmpty();
        assertThat(gridAlone.readAll(Set.of(key), soon)).isEmpty();
        assertThat(gridAlone.rowsOf(TestRows.user(key), soon)).isEmpty();
        assertThat(gridAlone.keysOf(TestRows.user(key), soon)).isEmpty();
        assertThat(gridAlone.rowsBehind(RowKey.BEGINNING, 9, soon)).isEmpty();
        assertThat(gridAlone.create(key, row, soon)).isTrue();
        assertThat(stores.database.calls()).isEmpty();
        assertThatThrownBy(() -> gridAlone.swap(key, row, stores.over(key), soon))
                .isInstanceOf(NotDurableException.class);
    }
}
