package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.FreePorts;
import dev.postern.testing.Race;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.postgresql.ds.PGSimpleDataSource;

/** The store in a PostgreSQL. */
class PostgresStoreTest extends JdbcStoreContract {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final PGSimpleDataSource DATABASE = SERVER.newDatabase();

    @Override
    DataSource database() {
        return DATABASE;
    }

    @Override
    DataSource emptyDatabase() {
        return SERVER.newDatabase();
    }

    @Override
    DataSource readOnly() {
        return SERVER.readOnly(DATABASE);
    }

    @Override
    DataSource readOnlyAndEmpty() {
        return SERVER.readOnly(SERVER.newDatabase());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aServerThatIsFrozenKeepsNoCallerBehindItsDeadline() throws Exception {
        RowKey key = TestRows.key();
        write(living(key, "row", 1));
        SERVER.freeze();
        try {
            List<Long> waits =
                    Race.of(12, caller -> waitOf(() -> rows().read(List.of(key), Deadline.in(Duration.ofMillis(300)))));
            assertThat(waits).allMatch(wait -> wait >= 300 && wait < 3_000);
        } finally {
            SERVER.thaw();
        }

        assertThat(text(read(key))).isEqualTo("row");
    }

    @Test
    void connectionsThatTheServerHasEndedAreNotUsedAgain() throws SQLException {
        RowKey key = TestRows.key();
        write(living(key, "row", 1));

        SERVER.endConnections(DATABASE);

        assertThat(text(read(key))).isEqualTo("row");
    }

    @Test
    void aServerThatIsNotThereFailsTheStart() {
        PGSimpleDataSource absent = new PGSimpleDataSource();
        absent.setPortNumbers(new int[] {FreePorts.next()});

        assertThatThrownBy(() -> JdbcStore.open(absent, "test", true, Duration.ZERO, new TestClock()))
                .isInstanceOf(PosternException.class)
                .hasMessageStartingWith("The store failed: Connection to localhost:");
    }

    @Test
    void warnsOfADatabaseThatMayLoseWhatItConfirms() {
        DataSource careless = SERVER.with(DATABASE, "options", "-c synchronous_commit=off");
        try (CapturedLog log = CapturedLog.of(JdbcStore.class.getName());
                JdbcStore store = JdbcStore.open(careless, "test", true, Duration.ZERO, new TestClock())) {
            assertThat(store.rows().read(List.of(TestRows.key()), soon())).isEmpty();
            assertThat(log.records())
                    .extracting(entry -> entry.getParameters()[0])
                    .containsExactly("synchronous_commit=off");
        }
    }
}
