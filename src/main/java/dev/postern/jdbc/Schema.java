package dev.postern.jdbc;

import dev.postern.PosternException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of this version: creates those that are missing, and checks them. The table {@code postern_schema} says
 * which version they have; its one row is written last.
 *
 * <p>Safe for concurrent use.
 */
final class Schema {

    private static final Logger LOG = System.getLogger(Schema.class.getName());

    /** What the scripts write into {@code postern_schema}. Another set of columns is another version. */
    static final int VERSION = 1;

    /** Where a reader of a message finds the scripts. */
    private static final String FOLDER = "server-config/database/";

    private static final Map<String, String> COLUMNS = new TreeMap<>(Map.of(
            "postern_row", "namespace, row_key, user_handle, kind, stamp, expires, bytes",
            "postern_history", "namespace, user_handle, session_handle, begun, ended, reason, expires",
            "postern_schema", "version, cleaned"));

    private static final int ATTEMPTS = 6;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Dialect dialect;

    Schema(Dialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Makes sure that the tables are those of this version.
     *
     * @param createTables whether those that are missing are created; other nodes may do the same at the same time
     * @throws PosternException if they are not, with a sentence for who runs the application
     */
    void require(StoreConnection connection, boolean createTables) throws SQLException {
        if (!isComplete(connection)) {
            if (!createTables) {
                throw new PosternException("The database has no tables for the store of Postern: run " + FOLDER
                        + dialect.script() + " in it, or set postern.store.create-tables=true.");
            }
            create(connection);
        }
        requireVersion(connection);
        requireByteOrder(connection, "namespace");
        requireByteOrder(connection, "row_key");
    }

    /** The setting by which the database confirms what it may lose; empty if there is none, or if it does not say. */
    Optional<String> weakness(StoreConnection connection) {
        try (PreparedStatement statement = connection.prepare(dialect.weakness());
                ResultSet found = statement.executeQuery()) {
            return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "The database does not show whether it may lose what it confirms.", e);
            return Optional.empty();
        }
    }

    /** Whether all tables are there, and a version. Looks at each, so that none of another application is added to. */
    private static boolean isComplete(StoreConnection connection) throws SQLException {
        boolean areAllThere = true;
        for (Map.Entry<String, String> table : COLUMNS.entrySet()) {
            areAllThere &= exists(connection, table.getKey(), table.getValue());
        }
        return areAllThere && !versions(connection).isEmpty();
    }

    private static boolean exists(StoreConnection connection, String table, String columns) throws SQLException {
        String sql = "SELECT " + columns + " FROM " + table + " WHERE 1 = 0";
        try (PreparedStatement statement = connection.prepare(sql)) {
            boolean unused = statement.executeQuery().next();
            return true;
        } catch (SQLException e) {
            if (SqlState.isNoTable(e)) {
                return false;
            }
            if (SqlState.isNoColumn(e)) {
                throw new PosternException(
                        "The table " + table + " of the database is not Postern's: it lacks one of the columns "
                                + columns + ". It belongs to another application, or was changed.",
                        e);
            }
            throw e;
        }
    }

    private static List<Integer> versions(StoreConnection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepare("SELECT version FROM postern_schema ORDER BY version");
                ResultSet found = statement.executeQuery()) {
            Stream.Builder<Integer> versions = Stream.builder();
            while (found.next()) {
                versions.add(found.getInt(1));
            }
            return versions.build().toList();
        }
    }

    private static void requireVersion(StoreConnection connection) throws SQLException {
        List<Integer> versions = versions(connection);
        if (!versions.equals(List.of(VERSION))) {
            throw new PosternException("The tables of Postern in the database have version "
                    + versions.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                    + " (postern_schema), and this version of Postern needs " + VERSION + ".");
        }
    }

    /** A capital letter comes before a small one only if a column compares by bytes. */
    private static void requireByteOrder(StoreConnection connection, String column) throws SQLException {
        String sql = "SELECT MIN(text) FROM (SELECT " + column + " AS text FROM postern_row WHERE 1 = 0"
                + " UNION ALL SELECT 'B' UNION ALL SELECT 'a') letters";
        try (PreparedStatement statement = connection.prepare(sql);
                ResultSet lowest = statement.executeQuery()) {
            if (!lowest.next() || !"B".equals(lowest.getString(1))) {
                throw new PosternException("The column " + column + " of the table postern_row does not compare by"
                        + " bytes: its collation is another one than that of " + FOLDER + ".");
            }
        }
    }

    /**
     * Runs the script, which leaves alone what is there already. It may fail if another node runs it at the same time,
     * and then runs again.
     */
    private void create(StoreConnection connection) throws SQLException {
        List<String> statements = statements();
        for (int attempt = 1; !isCreated(connection, statements, attempt == ATTEMPTS); attempt++) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private boolean isCreated(StoreConnection connection, List<String> statements, boolean isLast) throws SQLException {
        try {
            for (String statement : statements) {
                connection.execute(statement);
            }
            return true;
        } catch (SQLException e) {
            if (isComplete(connection)) {
                return true;
            }
            if (!isLast) {
                return false;
            }
            throw new PosternException(
                    "The tables of Postern could not be created (" + StoreCalls.firstLine(e) + "): run " + FOLDER
                            + dialect.script() + " in the database.",
                    e);
        }
    }

    /** The statements of the script: each ends with a semicolon, and a line of a comment begins with two hyphens. */
    private List<String> statements() {
        String lines = script().lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        return Stream.of(lines.split(";\n?", -1))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private String script() {
        try (InputStream in = Schema.class.getResourceAsStream(dialect.script())) {
            if (in == null) {
                throw new IllegalStateException("The jar of Postern lacks " + dialect.script() + ".");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
