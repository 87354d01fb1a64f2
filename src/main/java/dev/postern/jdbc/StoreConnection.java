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
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * A connection of the pool, as one call has it. Each statement is a transaction, whatever the pool's default is, except
 * within {@link #transaction}.
 *
 * <p>Two limits make the thread of a call that its caller has left come back: the database is told to give a statement
 * up soon after the deadline, and the driver to give up a database that answers nothing a few seconds later. A driver
 * may know neither.
 *
 * <p>For one thread.
 */
final class StoreConnection implements AutoCloseable {

    /** How long after the deadline the driver waits for bytes of the database. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final Logger LOG = System.getLogger(StoreConnection.class.getName());
    private static final int UNKNOWN = -1;

    private final Connection connection;
    private final Deadline deadline;
    private final boolean wasAutoCommit;
    private final int networkTimeout;

    private StoreConnection(Connection connection, Deadline deadline) throws SQLException {
        this.connection = connection;
        this.deadline = deadline;
        this.networkTimeout = bound();
        this.wasAutoCommit = connection.getAutoCommit();
        if (!wasAutoCommit) {
            connection.setAutoCommit(true);
        }
    }

    /**
     * Takes a connection from the pool.
     *
     * @throws PosternException if the deadline is over by then
     */
    static StoreConnection open(DataSource source, Deadline deadline) throws SQLException {
        Connection connection = source.getConnection();
        try {
            StoreConnection open = new StoreConnection(connection, deadline);
            open.requireTime();
            return open;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Limits how long the driver waits for an answer. Returns the former limit, or {@link #UNKNOWN}. */
    private int bound() {
        try {
            int former = connection.getNetworkTimeout();
            long wait = TimeUnit.NANOSECONDS.toMillis(deadline.nanosLeft()) + GRACE.toMillis();
            if (former == 0 || wait < former) {
                connection.setNetworkTimeout(Runnable::run, (int) Math.min(wait, Integer.MAX_VALUE));
                return former;
            }
        } catch (SQLException | UnsupportedOperationException e) { // a driver or a pool need not know it
            return UNKNOWN;
        }
        return UNKNOWN;
    }

    PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setQueryTimeout(secondsLeft());
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

    private void rollBack(Exception cause) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
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
        if (networkTimeout != UNKNOWN) {
            connection.setNetworkTimeout(Runnable::run, networkTimeout);
        }
        if (!wasAutoCommit) {
            connection.setAutoCommit(false);
        }
    }
}
