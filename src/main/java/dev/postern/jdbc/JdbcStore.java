package dev.postern.jdbc;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.durable.SessionArchive;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The way in to the database: the rows and the history of one namespace.
 *
 * <p>Safe for concurrent use.
 */
public final class JdbcStore implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JdbcStore.class.getName());

    /** How long the start waits for the database in all. */
    private static final Duration STARTING = Duration.ofSeconds(30);

    private final StoreCalls calls;
    private final JdbcRows rows;
    private final JdbcHistory history;
    private final ExpiredRows expired;

    private JdbcStore(StoreCalls calls, Dialect dialect, String namespace, Duration history, InstantSource clock) {
        this.calls = calls;
        this.history = new JdbcHistory(calls, dialect, namespace, history, clock);
        this.rows = new JdbcRows(calls, dialect, namespace, this.history, clock);
        this.expired = new ExpiredRows(calls, dialect, clock, namespace);
    }

    /**
     * Opens the store. Checks that its tables are there, and begins to delete expired rows now and then.
     *
     * @param createTables whether tables that are missing are created
     * @param history how long the history keeps a session that is over; zero for no history
     * @param clock the cluster's clock
     * @throws PosternException with one sentence if the tables are not those of this version, or if the database does
     *     not answer within 30 seconds
     */
    public static JdbcStore open(
            DataSource source, String namespace, boolean createTables, Duration history, InstantSource clock) {
        return open(source, namespace, createTables, history, clock, Deadline.in(STARTING));
    }

    static JdbcStore open(
            DataSource source,
            String namespace,
            boolean createTables,
            Duration history,
            InstantSource clock,
            Deadline deadline) {
        StoreCalls calls = new StoreCalls(source, namespace);
        try {
            Dialect dialect = calls.call(connection -> Dialect.of(connection.product()), deadline);
            if (dialect.hasQueryTimeout()) {
                calls.setQueryTimeouts();
            }
            prepare(calls, new Schema(dialect), createTables, deadline);
            JdbcStore store = new JdbcStore(calls, dialect, namespace, history, clock);
            store.expired.start();
            return store;
        } catch (PosternException e) {
            calls.close();
            throw e;
        }
    }

    private static void prepare(StoreCalls calls, Schema schema, boolean createTables, Deadline deadline) {
        Optional<String> weakness = calls.call(
                connection -> {
                    schema.require(connection, createTables);
                    return schema.weakness(connection);
                },
                deadline);
        weakness.ifPresent(setting -> LOG.log(
                Level.WARNING,
                "The database of the store confirms what it may lose when it is killed ({0}): a session that was ended"
                        + " may come back then.",
                setting));
    }

    /** The rows of the namespace. */
    public DurableRows rows() {
        return rows;
    }

    /** The sessions of the namespace that are over; none if there is no history. */
    public SessionArchive history() {
        return history;
    }

    ExpiredRows expired() {
        return expired;
    }

    /** Ends the threads. Waits for calls that are under way, at most five seconds. Idempotent. */
    @Override
    public void close() {
        expired.close();
        calls.close();
    }
}
