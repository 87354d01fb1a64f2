package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.FreePorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store in H2, in this JVM. */
class H2StoreTest extends JdbcStoreContract {

    private static final String READER = "reader";

    private final DataSource database = memory("");

    private static JdbcDataSource memory(String settings) {
        return source("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + settings);
    }

    private static JdbcDataSource source(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("sa");
        return source;
    }

    @Override
    DataSource database() {
        return database;
    }

    @Override
    DataSource emptyDatabase() {
        return memory("");
    }

    @Override
    DataSource readOnly() {
        return reading((JdbcDataSource) database);
    }

    @Override
    void gatherStatistics(DataSource of) throws SQLException {
        execute(of, "ANALYZE");
    }

    @Override
    String scan() {
        return "tableScan";
    }

    @Override
    DataSource readOnlyAndEmpty() {
        return reading(memory(""));
    }

    private static DataSource reading(JdbcDataSource source) {
        try {
            execute(source, "CREATE USER " + READER + " PASSWORD ''");
            execute(source, "GRANT SELECT ON SCHEMA public TO " + READER);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        JdbcDataSource reading = source(source.getURL().replace(";DB_CLOSE_DELAY=-1", ""));
        reading.setUser(READER);
        return reading;
    }

    @Test
    void refusesAColumnThatDoesNotCompareByBytes() throws SQLException {
        DataSource database = memory(";IGNORECASE=TRUE");

        assertThatThrownBy(() -> JdbcStore.open(database, "test", true, Duration.ZERO, new TestClock()))
                .isInstanceOf(PosternException.class)
                .hasMessage("The column namespace of the table postern_row does not compare by bytes: its collation is"
                        + " another one than that of server-config/database/.");
    }

    @Test
    void findsTheRowsInTheFileOfADatabaseThatWasStopped(@TempDir Path folder) throws SQLException {
        DataSource file = source("jdbc:h2:file:" + folder.resolve("store"));
        RowKey key = TestRows.key();
        TestClock clock = new TestClock();
        try (JdbcStore store = JdbcStore.open(file, "test", true, Duration.ZERO, clock)) {
            store.rows().write(List.of(living(key, "row", 1)), soon());
        }

        try (JdbcStore store = JdbcStore.open(file, "test", false, Duration.ZERO, clock)) {
            assertThat(store.rows().read(List.of(key), soon())).containsOnlyKeys(key);
            execute(file, "SHUTDOWN IMMEDIATELY");
            assertThat(store.rows().read(List.of(key), soon())).containsOnlyKeys(key);
        }
    }

    /** Its pool hands out connections without a look at them, as WildFly's of an annotated data source does. */
    @Test
    void aServerThatWasStartedAgainIsReachedInSpiteOfDeadConnections() throws SQLException {
        Server first = Server.createTcpServer(
                        "-tcpPort", String.valueOf(FreePorts.next()), "-tcpDaemon", "-ifNotExists")
                .start();
        JdbcDataSource remote = source(
                "jdbc:h2:tcp://127.0.0.1:" + first.getPort() + "/mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        TroubledDatabase pooled = new TroubledDatabase(remote);
        RowKey key = TestRows.key();
        try (JdbcStore store = JdbcStore.open(pooled.source(), "test", true, Duration.ZERO, new TestClock())) {
            store.rows().write(List.of(living(key, "row", 1)), soon());
            List<Connection> connections = connections(remote, StoreCalls.MOST);

            first.stop();
            assertThatThrownBy(() -> store.rows().read(List.of(key), soon())).isInstanceOf(PosternException.class);
            assertThatThrownBy(() -> connections.get(0).createStatement().execute("SELECT 1"))
                    .isInstanceOf(SQLException.class);
            pooled.pool(connections);
            Server again = Server.createTcpServer("-tcpPort", String.valueOf(first.getPort()), "-tcpDaemon")
                    .start();

            assertThat(store.rows().read(List.of(key), soon())).containsOnlyKeys(key);
            again.stop();
        }
    }

    private static List<Connection> connections(JdbcDataSource source, int number) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            connections.add(source.getConnection());
        }
        return connections;
    }

    @Test
    void makesTheDatabaseKeepWhatItConfirms(@TempDir Path folder) {
        DataSource file = source("jdbc:h2:file:" + folder.resolve("store"));

        assertThat(warnings(file)).isEmpty();
    }

    @Test
    void warnsOfADatabaseThatMayLoseWhatItConfirms(@TempDir Path folder) throws SQLException {
        DataSource file = source("jdbc:h2:file:" + folder.resolve("store"));
        JdbcStore.open(file, "test", true, Duration.ZERO, new TestClock()).close();
        execute(file, "SET WRITE_DELAY 500");

        assertThat(warnings(file))
                .containsExactly("The database of the store confirms what it may lose when it is killed (WRITE_DELAY,"
                        + " which is not 0): a session that was ended may come back then.");
    }

    private static List<String> warnings(DataSource database) {
        try (CapturedLog log = CapturedLog.of(JdbcStore.class.getName());
                JdbcStore store = JdbcStore.open(database, "test", true, Duration.ZERO, new TestClock())) {
            assertThat(store.rows().read(List.of(TestRows.key()), soon())).isEmpty();
            return log.records().stream()
                    .map(entry -> MessageFormat.format(entry.getMessage(), entry.getParameters()))
                    .toList();
        }
    }

    @Test
    void aDatabaseThatIsNotThereFailsTheStart(@TempDir Path folder) {
        DataSource absent = source("jdbc:h2:file:" + folder.resolve("none") + ";IFEXISTS=TRUE");

        assertThatThrownBy(() -> JdbcStore.open(absent, "test", true, Duration.ZERO, new TestClock()))
                .isInstanceOf(PosternException.class)
                .hasMessageStartingWith("The store failed: Database ");
    }
}
