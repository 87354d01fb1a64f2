package dev.postern.cdi.start;

import dev.postern.PosternException;
import dev.postern.cdi.settings.Settings;
import dev.postern.jdbc.DataSources;
import dev.postern.jdbc.JdbcStore;
import dev.postern.session.durable.DurableStore;
import dev.postern.session.durable.SessionArchive;
import dev.postern.session.row.RowTtl;
import dev.postern.session.store.CredentialsCache;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The database of one application, from its start to its end.
 *
 * <p>Safe for concurrent use.
 */
final class OpenDatabase implements AutoCloseable {

    private final JdbcStore tables;
    private final DurableStore store;
    private final Optional<SessionArchive> history;

    private OpenDatabase(JdbcStore tables, DurableStore store, Optional<SessionArchive> history) {
        this.tables = tables;
        this.store = store;
        this.history = history;
    }

    /**
     * Finds the data source, on a thread of the application, and opens its tables.
     *
     * @throws PosternException with one sentence if there is no such data source, the database does not answer, or the
     *     tables are not Postern's
     */
    static OpenDatabase open(Settings.Store settings, String namespace, CredentialsCache grid, RowTtl lifetimes) {
        DataSource source = DataSources.named(settings.dataSource());
        JdbcStore tables = open(source, settings, namespace, grid);
        DurableStore store = DurableStore.open(tables.rows(), grid, lifetimes, "postern-store-" + namespace);
        return new OpenDatabase(tables, store, settings.history().map(days -> tables.history()));
    }

    private static JdbcStore open(DataSource source, Settings.Store settings, String namespace, CredentialsCache grid) {
        Duration kept = settings.history().orElse(Duration.ZERO);
        try {
            return JdbcStore.open(source, namespace, settings.createsTables(), kept, grid::now);
        } catch (PosternException e) {
            throw new PosternException(
                    "The database " + settings.dataSource() + " (postern.store.data-source) cannot be used. "
                            + e.getMessage(),
                    e);
        }
    }

    /** The rows of the grid, which survive a stop of all nodes. */
    DurableStore store() {
        return store;
    }

    /** The sessions that have ended; empty if they are not kept. */
    Optional<SessionArchive> history() {
        return history;
    }

    /** Writes what waits, while the grid answers, and ends all threads. Idempotent. */
    @Override
    public void close() {
        store.close();
        tables.close();
    }
}
