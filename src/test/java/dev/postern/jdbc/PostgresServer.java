package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL for all tests of a JVM, which ends with it. Its programs come from a registry.
 *
 * <p>PostgreSQL does not run as root. Where the tests do, its programs run in a user namespace of their own, by {@code
 * unshare}.
 *
 * <p>Safe for concurrent use.
 */
public final class PostgresServer {

    private static final PostgresServer SHARED = new PostgresServer();

    private final EmbeddedPostgres server;
    private final long listening;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer() {
        try {
            server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            listening = listening(server);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PostgresServer shared() {
        return SHARED;
    }

    /** A database that no other test has. Its collation is not that of bytes where the system has another. */
    public PGSimpleDataSource newDatabase() {
        String name = "test" + databases.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return (PGSimpleDataSource) server.getDatabase("postgres", name);
    }

    /** The same database, by connections that may only read. */
    DataSource readOnly(PGSimpleDataSource database) {
        return with(database, "options", "-c default_transaction_read_only=on");
    }

    /** The same database, with a setting of the driver. */
    DataSource with(PGSimpleDataSource database, String name, String value) {
        return server.getDatabase("postgres", database.getDatabaseName(), Map.of(name, value));
    }

    /** Ends all connections to the database, as a restart does. */
    void endConnections(PGSimpleDataSource database) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                    + database.getDatabaseName() + "'");
        }
    }

    /** Stops all processes of the server where they are. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets them go on. */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** First the process that listens, so that it starts no other meanwhile. Others may end by themselves. */
    private void signal(String name) throws IOException, InterruptedException {
        assertThat(isSignalled(name, Stream.of(listening))).isTrue();
        boolean unused = isSignalled(
                name, ProcessHandle.of(listening).orElseThrow().descendants().map(ProcessHandle::pid));
    }

    private static boolean isSignalled(String name, Stream<Long> processes) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("kill", "-" + name), processes.map(String::valueOf))
                .toList();
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    /** The process that listens, which names itself in the first line of a file. */
    private static long listening(EmbeddedPostgres server) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet folder = statement.executeQuery("SHOW data_directory")) {
            assertThat(folder.next()).isTrue();
            Path file = Path.of(folder.getString(1), "postmaster.pid");
            return Long.parseLong(Files.readAllLines(file).get(0).strip());
        }
    }
}
