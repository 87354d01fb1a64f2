package dev.postern.jdbc;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A connection of the pool, as one call has it. Each statement is a transaction, also if the pool's default is another,
 * except within {@link #transaction}.
 *
 * <p>Two limits bring a thread back whose caller has left. The database is told to give a statement up soon after the
 * deadline. The driver gives up a database that answers nothing a few seconds later. A driver may know neither.
 *
 * <p>For one thread.
 */
final class StoreConnection implements AutoCloseable {

    /** How long after the deadline the driver waits for bytes of the database. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final Logger LOG = System.getLogger(StoreConnection.class.getName());

    private final Connection connection;
    private final Deadline deadline;
    private final boolean hasQueryTimeout;
    private OptionalInt formerNetworkTimeout = OptionalInt.empty();
    private boolean hadNoAutoCommit;

    private StoreConnection(Connection connection, Deadline deadline, boolean hasQueryTimeout) {
        this.connection = connection;
        this.deadline = deadline;
        this.hasQueryTimeout = hasQueryTimeout;
    }

    /**
     * Takes a connection from the pool.
     *
     * @param hasQueryTimeout whether the database gives up a statement soon after the deadline
     * @throws PosternException if the pool has none, or if the deadline is over by then
     * @throws SQLException if the connection is of no use
     */
    static StoreConnection open(DataSource source, Deadline deadline, boolean hasQueryTimeout) throws SQLException {
        StoreConnection connection = new StoreConnection(taken(source), deadline, hasQueryTimeout);
        try {
            connection.requireTime();
            connection.prepare();
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static Connection taken(DataSource source) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw StoreCalls.unavailable(e);
        }
    }

    private void prepare() throws SQLException {
        setNetworkTimeout();
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
            hadNoAutoCommit = true;
        }
    }

    /** Limits how long the driver waits for an answer, unless the pool has a shorter limit. */
    private void setNetworkTimeout() {
        try {
            int former = connection.getNetworkTimeout();
            long wait = TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft()) + GRACE.toMillis();
            if (former == 0 || wait < former) {
                connection.setNetworkTimeout(Runnable::run, (int) Math.min(wait, Integer.MAX_VALUE));
                formerNetworkTimeout = OptionalInt.of(former);
            }
        } catch (SQLException | UnsupportedOperationException e) {
            LOG.log(Level.DEBUG, "The driver or the pool of the store knows no network timeout.", e);
        }
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            if (hasQueryTimeout) {
                statement.setQueryTimeout(secondsLeft());
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private int secondsLeft() {
        return (int) Math.min(TimeUnit.NANOSECONDS.toSeconds(deadline.nanosLeft()) + 1, Integer.MAX_VALUE);
    }

    /** Runs a statement of a script. */
    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The product that the driver names. */
    String product() throws SQLException {
        return connection.getMetaData().getDatabaseProductName();
    }

    /** Throws if the deadline is over. */
    void requireTime() {
        if (deadline.nanosLeft() == 0) {
            throw new PosternException("The store was not done in time.");
        }
    }

    /** Does the work as one transaction, which is rolled back if it fails. */
    <T> T transaction(StoreCalls.Work<T> work) throws SQLException {
        connection.setAutoCommit(false);
        try {
            T result = work.on(this);
            connection.commit();
            connection.setAutoCommit(true);
            return result;
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    /** A connection that cannot even be rolled back is of no use to anybody. */
    private void rollBack(Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            cause.addSuppressed(e);
            abort(cause);
        }
    }

    private void abort(Exception cause) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | UnsupportedOperationException e) {
            cause.addSuppressed(e);
        }
    }

    /** Gives the connection back as it was. A failure changes nothing of what the call has done. */
    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                reset();
            }
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A connection of the store could not be given back as it was.", e);
        }
    }

    private void reset() throws SQLException {
        if (formerNetworkTimeout.isPresent()) {
            connection.setNetworkTimeout(Runnable::run, formerNetworkTimeout.getAsInt());
        }
        if (hadNoAutoCommit == connection.getAutoCommit()) {
            connection.setAutoCommit(!hadNoAutoCommit);
        }
    }
}
