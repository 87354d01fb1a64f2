package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.durable.DurableStore;
import dev.postern.session.row.RowCodec;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.NotDurableException;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.FreePorts;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.Race;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
    private static final Duration LONG = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
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

    /** The first one has found that out, and one at a time asks from then on. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsHoldNoThreadsWhileAServerIsFrozen() throws Exception {
        InMemoryCredentialsCache grid = new InMemoryCredentialsCache(TestRows.LIFETIMES, NOW);
        byte[] living = TestRows.live(NOW, LONG);
        List<RowKey> keys = TestRows.keys(9);
        keys.forEach(key -> assertThat(grid.create(key, living, soon())).isTrue());
        try (JdbcStore database = open(SERVER.newDatabase(), "test");
                DurableStore node = DurableStore.open(database.rows(), grid, TestRows.LIFETIMES, "frozen")) {
            SERVER.freeze();
            try {
                assertThat(failure(node, keys.get(0), living)).isEqualTo("The store did not answer in time.");
                List<String> failures = Race.of(8, number -> failure(node, keys.get(number + 1), living));
                assertThat(failures)
                        .filteredOn("The store does not answer."::equals)
                        .hasSizeGreaterThanOrEqualTo(6);
                assertThat(keys)
                        .allMatch(key -> isOver(key, grid.read(key, soon()).orElseThrow()));
            } finally {
                SERVER.thaw();
            }
            assertThat(isTrueSoon(() -> node.metrics().waiting() == 0)).isTrue();
            assertThat(database.rows().read(keys, soon()))
                    .hasSize(9)
                    .allSatisfy((key, row) -> assertThat(isOver(key, row)).isTrue());
        }
    }

    private static String failure(DurableStore node, RowKey key, byte[] living) {
        try {
            boolean isEnded = node.cache().swap(key, living, TestRows.tombstone(NOW, LONG), soon());
            return "ended: " + isEnded;
        } catch (NotDurableException e) {
            return String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
        }
    }

    private static boolean isOver(RowKey key, byte[] row) {
        return RowCodec.plain()
                .decode(key, row)
                .filter(SessionRow.Revoked.class::isInstance)
                .isPresent();
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
                            .isInstanceOf(DurableRows.RefusedException.class)
                            .hasMessage("The store failed: ERROR: could not extend file: No space left on device"));
            try (DurableStore node = DurableStore.open(
                    store.rows(), new InMemoryCredentialsCache(TestRows.LIFETIMES, NOW), TestRows.LIFETIMES, "full")) {
                assertThatThrownBy(() -> node.cache().create(TestRows.key(), TestRows.tombstone(NOW, LONG), soon()))
                        .hasCauseInstanceOf(DurableRows.RefusedException.class);
                assertThat(node.cache().read(TestRows.key(), soon())).isEmpty();
                assertThat(node.isAnswering()).isTrue();
            }
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
