package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.durable.DurableStore;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.testing.InMemoryCredentialsCache;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL fails over to a copy that lacks the last writes, while a node runs. */
@Tag("long")
class PostgresFailOverTest {

    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final int COLUMNS = 7;

    private final DataSource primary = PostgresServer.shared().newDatabase();
    private final DataSource copy = PostgresServer.shared().newDatabase();
    private final AtomicReference<DataSource> active = new AtomicReference<>(primary);
    private final TestClock clock = new TestClock();
    private final InMemoryCredentialsCache grid = new InMemoryCredentialsCache(TestRows.LIFETIMES, clock.instant());
    private final RowKey begun = TestRows.key();
    private final RowKey ended = TestRows.key();

    @Test
    void nodeGivesTheCopyWhatItLacks() throws SQLException {
        open(copy).close();
        try (JdbcStore database = open(active());
                DurableStore store = DurableStore.open(database.rows(), grid, TestRows.LIFETIMES, "fail-over")) {
            byte[] living = TestRows.live(clock.instant(), IDLE);
            assertThat(store.cache().create(ended, living, soon())).isTrue();
            awaitBytes(database.rows(), ended, living);
            copyRows();

            byte[] tombstone = TestRows.tombstone(clock.instant(), Duration.ofHours(12));
            assertThat(store.cache().swap(ended, living, tombstone, soon())).isTrue();
            byte[] other = TestRows.live(clock.instant(), IDLE);
            assertThat(store.cache().create(begun, other, soon())).isTrue();
            awaitBytes(database.rows(), begun, other);

            active.set(copy);
            assertThat(database.rows().read(List.of(begun, ended), soon())).containsOnlyKeys(ended);
            awaitBytes(database.rows(), begun, other);
            awaitBytes(database.rows(), ended, tombstone);
        }
    }

    /** A node compares what it has written ten seconds later. */
    private static void awaitBytes(DurableRows rows, RowKey key, byte[] wanted) {
        assertThat(IntStream.range(0, 4)
                        .anyMatch(attempt -> JdbcStoreContract.isTrueSoon(() ->
                                Arrays.equals(rows.read(List.of(key), soon()).get(key), wanted))))
                .isTrue();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }

    private JdbcStore open(DataSource source) {
        return JdbcStore.open(source, "test", true, Duration.ZERO, clock);
    }

    private DataSource active() {
        return (DataSource) Proxy.newProxyInstance(
                PostgresFailOverTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (source, method, arguments) -> method.invoke(active.get(), arguments));
    }

    private void copyRows() throws SQLException {
        try (Connection from = primary.getConnection();
                Connection to = copy.getConnection();
                PreparedStatement select = from.prepareStatement("SELECT * FROM postern_row");
                PreparedStatement insert = to.prepareStatement("INSERT INTO postern_row VALUES (?, ?, ?, ?, ?, ?, ?)");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                for (int i = 1; i <= COLUMNS; i++) {
                    insert.setObject(i, rows.getObject(i));
                }
                insert.executeUpdate();
            }
        }
    }
}
