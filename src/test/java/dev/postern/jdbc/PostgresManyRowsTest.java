package dev.postern.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.row.RowKey;
import dev.postern.session.token.Handle;
import dev.postern.testing.PooledDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Questions to a large table, and its house-keeping. The property {@code test.store.rows} says how many rows it has. How
 * long each call took is in {@code target/store-figures.md}; no figure makes a test fail.
 */
@Tag("long")
class PostgresManyRowsTest {

    private static final int ROWS = Integer.getInteger("test.store.rows", 20_000);
    private static final int EXPIRED = ROWS / 100;
    private static final int CALLS = 1_000;
    private static final int BYTES = 352;
    private static final Path REPORT = Path.of("target/store-figures.md");
    private static final String FILL =
            """
            INSERT INTO postern_row
            SELECT 'test', 'H' || left(md5('u' || (n / 2)), 20) || 'A.H' || left(md5('s' || n), 20) || 'A',
                'H' || left(md5('u' || (n / 2)), 20) || 'A', CASE WHEN n %% 2 = 0 THEN 'A' ELSE 'R' END, %2$d,
                %2$d + CASE WHEN n %% 100 = 99 THEN 3600000 ELSE 36000000 END,
                decode(repeat(md5(n::text), %3$d), 'hex')
            FROM generate_series(0, %1$d - 1) AS n
            ORDER BY 2
            """; // in the order of the keys, because an index of millions grows slowly in any other

    private final DataSource database = PostgresServer.shared().newDatabase();
    private final TestClock clock = new TestClock();
    private final StringBuilder figures = new StringBuilder();

    @Test
    void questionsFindTheirRowsAndHouseKeepingLeavesTheRest() throws Exception {
        try (PooledDatabase pool = new PooledDatabase(database);
                JdbcStore store = JdbcStore.open(pool.source(), "test", true, Duration.ZERO, clock)) {
            fill();
            DurableRows rows = store.rows();
            measure(
                    "two rows by their keys",
                    CALLS,
                    number -> assertThat(read(rows, number)).isTrue());
            measure(
                    "all rows of a user",
                    CALLS,
                    number -> assertThat(rows.rowsOf(user(number), soon())).hasSize(2));
            measure("the end of a session", CALLS, number -> rows.end(List.of(over(key(number))), soon()));
            measure(
                    "a page of 500 rows",
                    CALLS / 10,
                    number -> assertThat(rows.rowsBehind(new RowKey("H"), 500, soon()))
                            .hasSize(500));

            clock.pass(Duration.ofHours(1).plus(ExpiredRows.MARGIN).plusMillis(1));
            CompletableFuture<Long> deleted = CompletableFuture.supplyAsync(() -> timed(store));
            measure(
                    "two rows by their keys, while expired ones are deleted",
                    CALLS,
                    number -> assertThat(read(rows, number)).isTrue());
            figures.append("%d expired rows were deleted in %,d ms, with pauses.%n".formatted(EXPIRED, deleted.get()));
        }
        assertThat(JdbcStoreContract.number(database, "SELECT COUNT(*) FROM postern_row"))
                .isEqualTo(ROWS - EXPIRED);
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, figures);
    }

    private void fill() throws SQLException {
        long now = clock.millis();
        JdbcStoreContract.execute(database, FILL.formatted(ROWS, now, BYTES / 16));
        JdbcStoreContract.execute(database, "VACUUM ANALYZE postern_row");
        long bytes = JdbcStoreContract.number(database, "SELECT pg_total_relation_size('postern_row')");
        figures.append("%,d rows of %d bytes, which take %d with all indexes.%n".formatted(ROWS, BYTES, bytes / ROWS));
    }

    private void measure(String what, int calls, Consumer<Integer> call) {
        long[] micros = LongStream.range(0, calls)
                .map(any -> {
                    int number = 2 * ThreadLocalRandom.current().nextInt(ROWS / 2);
                    long begun = System.nanoTime();
                    call.accept(number);
                    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
                })
                .sorted()
                .toArray();
        figures.append("%s: %,d µs in the median, %,d µs for 99 of 100, %,d µs at most.%n"
                .formatted(what, micros[calls / 2], micros[calls * 99 / 100], micros[calls - 1]));
    }

    private static long timed(JdbcStore store) {
        long begun = System.nanoTime();
        assertThat(store.expired().delete()).isEqualTo(EXPIRED);
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** As a session is restored: with the epoch of its user. */
    private static boolean read(DurableRows rows, int number) {
        return rows.read(List.of(key(number), RowKey.epoch(user(number))), soon())
                .containsKey(key(number));
    }

    private DurableRow over(RowKey key) {
        byte[] bytes = new byte[BYTES];
        Arrays.fill(bytes, (byte) 1);
        Instant now = clock.instant();
        return new DurableRow(key, bytes, Kind.OVER, now, now.plus(Duration.ofHours(10)));
    }

    private static RowKey key(int number) {
        return RowKey.session(user(number), handle("s" + number));
    }

    private static Handle user(int number) {
        return handle("u" + number / 2);
    }

    private static Handle handle(String of) {
        try {
            byte[] hash = MessageDigest.getInstance("MD5").digest(of.getBytes(StandardCharsets.UTF_8));
            return new Handle("H" + HexFormat.of().formatHex(hash).substring(0, 20) + "A");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
