package dev.postern.session.durable;

import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.session.store.CredentialsCacheContract;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.InMemoryDurableRows;
import java.time.Duration;

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
}
