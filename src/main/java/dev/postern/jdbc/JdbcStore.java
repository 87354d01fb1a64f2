package dev.postern.jdbc;

import dev.postern.PosternException;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.durable.SessionHistory;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * The way in to the database: the rows and the history of one namespace.
 *
 * <p>Safe for concurrent use.
 */
public final class JdbcStore implements AutoCloseable {

    private JdbcStore() {}

    /**
     * Opens the store. Checks that its tables are there, and begins to delete expired rows now and then.
     *
     * @param createTables whether tables that are missing are created
     * @param history how long the history keeps a session that is over; zero for no history
     * @param clock the cluster's clock
     * @throws PosternException with one sentence if the tables are not those of this version, or if the database does
     *     not answer
     */
    public static JdbcStore open(
            DataSource source, String namespace, boolean createTables, Duration history, InstantSource clock) {
        throw new UnsupportedOperationException();
    }

    /** The rows of the namespace. */
    public DurableRows rows() {
        throw new UnsupportedOperationException();
    }

    /** The sessions of the namespace that are over. */
    public SessionHistory history() {
        throw new UnsupportedOperationException();
    }

    /** Ends the threads. Waits for calls that are under way, at most five seconds. Idempotent. */
    @Override
    public void close() {}
}
