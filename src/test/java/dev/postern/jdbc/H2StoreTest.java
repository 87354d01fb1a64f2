package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.CapturedLog;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
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

    @Test
    void makesTheDatabaseKeepWhatItConfirms() throws SQLException {
        DataSource database = memory("");
        try (CapturedLog log = CapturedLog.of(JdbcStore.class.getName());
                JdbcStore store = JdbcStore.open(database, "test", true, Duration.ZERO, new TestClock())) {
            assertThat(store.rows().read(List.of(TestRows.key()), soon())).isEmpty();
            assertThat(log.records()).isEmpty();
        }
        assertThat(number(
                        database,
                        "SELECT COUNT(*) FROM INFORMATION_SCHEMA.SETTINGS"
                                + " WHERE SETTING_NAME = 'WRITE_DELAY' AND SETTING_VALUE = '0'"))
                .isEqualTo(1);
    }

    @Test
    void warnsOfADatabaseThatMayLoseWhatItConfirms() throws SQLException {
        DataSource database = memory("");
        JdbcStore.open(database, "test", true, Duration.ZERO, new TestClock()).close();
        execute(database, "SET WRITE_DELAY 500");

        try (CapturedLog log = CapturedLog.of(JdbcStore.class.getName());
                JdbcStore store = JdbcStore.open(database, "test", true, Duration.ZERO, new TestClock())) {
            assertThat(store.rows().read(List.of(TestRows.key()), soon())).isEmpty();
            assertThat(log.records()).extracting(LogRecord::getLevel).containsExactly(Level.WARNING);
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
