package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.FreePorts;
import dev.postern.testing.Race;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.postgresql.ds.PGSimpleDataSource;

/** The store in a PostgreSQL. */
class PostgresStoreTest extends JdbcStoreContract {

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final PGSimpleDataSource DATABASE = SERVER.newDatabase();
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String NO_ROOM = """
            CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
            END $$
            """;

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
    void gatherStatistics(DataSource of) throws SQLException {
        execute(of, "ANALYZE");
    }

    @Override
    String scan() {
        return "Seq Scan on postern_(row|history)";
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

    /** As PostgreSQL says it of a disk that is full. */
    @Test
    void aServerWithoutRoomIsReadAndClearedAllTheSame() throws SQLException {
        PGSimpleDataSource full = SERVER.newDatabase();
        RowKey key = TestRows.key();
        RowKey old = TestRows.key();
        try (JdbcStore store = open(full, "test")) {
            store.rows().write(List.of(living(key, "row", 1), row(old, bytes("old"), Kind.LIVING, 1, SECOND)), soon());
            execute(full, NO_ROOM);
            execute(full, "CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON postern_row EXECUTE FUNCTION no_room()");

            assertThat(texts(store.rows().read(List.of(key), soon()))).isEqualTo(Map.of(key, "row"));
            List<Runnable> writes = List.of(
                    () -> store.rows().write(List.of(living(key, "next", 2)), soon()),
                    () -> store.rows().end(List.of(over(key, "over")), soon()),
                    () -> store.rows().merge(epoch(TestRows.epoch(key), "a"), (there, given) -> given, soon()));
            assertThat(writes)
                    .allSatisfy(write -> assertThatThrownBy(write::run)
                            .isInstanceOf(PosternException.class)
                            .hasMessage("The store failed: ERROR: could not extend file: No space left on device"));
            pass(SECOND.plus(ExpiredRows.MARGIN).plusMillis(1));
            assertThat(store.expired().delete()).isEqualTo(1);

            execute(full, "DROP TRIGGER no_room ON postern_row");
            store.rows().end(List.of(over(key, "over")), soon());
            assertThat(texts(store.rows().read(List.of(key), soon()))).isEqualTo(Map.of(key, "over"));
        }
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
