package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.hazelcast.FakeNaming;
import dev.postern.jdbc.JdbcStore;
import dev.postern.jdbc.PostgresServer;
import dev.postern.session.ResumeResult;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.durable.DurableRow;
import dev.postern.session.durable.DurableRow.Kind;
import dev.postern.session.durable.DurableRows;
import dev.postern.session.generation.Generation;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.token.Token;
import dev.postern.session.token.TokenMint;
import dev.postern.session.user.SessionUser;
import dev.postern.testing.PooledDatabase;
import dev.postern.testing.Race;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All users come back after a full stop, one behind the other. The property {@code test.restore.sessions} says how many
 * they are. How quickly that goes is in {@code target/restore-figures.md}; no figure makes a test fail.
 */
@Tag("long")
class PostgresRestoreTest {

    private static final int SESSIONS = Integer.getInteger("test.restore.sessions", 2_000);
    private static final int THREADS = 16;
    private static final int MOST_CONNECTIONS = 8;
    private static final int BATCH = 500;
    private static final int LOOK_EVERY = 100;
    private static final long MEGABYTE = 1024 * 1024;
    private static final String NAME = "java:app/jdbc/shop";
    private static final Path REPORT = Path.of("target/restore-figures.md");

    private final String namespace = "test-" + UUID.randomUUID();
    private final PooledDatabase pool =
            new PooledDatabase(PostgresServer.shared().newDatabase());
    private final FakeNaming naming = FakeNaming.bind(NAME, pool.source());
    private final LongAccumulator mostWaiting = new LongAccumulator(Math::max, 0);
    private final LongAccumulator mostHeap = new LongAccumulator(Math::max, 0);

    @AfterEach
    void close() throws SQLException {
        naming.close();
        pool.close();
    }

    /** No use has to be written down meanwhile: restoring alone writes nothing. */
    @Test
    void allUsersComeBackWithoutAPeak() throws Exception {
        try (StoredNode node = new StoredNode(namespace, NAME, Map.of("postern.session.touch-every", "PT20M"))) {
            fill(node);
            long before = heapAfterCollection();
            long begun = System.nanoTime();
            AtomicInteger next = new AtomicInteger();

            int back = Race.of(THREADS, caller -> back(node, next)).stream()
                    .mapToInt(Integer::intValue)
                    .sum();

            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
            report(millis, node.store().slowestMillis(), before, heapAfterCollection());
            assertThat(back).isEqualTo(SESSIONS);
            assertThat(node.store().restored()).isEqualTo(SESSIONS);
            assertThat(node.store().written()).isZero();
            assertThat(mostWaiting.get()).isZero();
            assertThat(pool.idle()).as("connections at once").isLessThanOrEqualTo(MOST_CONNECTIONS);
        }
    }

    /** How many of the sessions that this thread has asked for were there. */
    private int back(StoredNode node, AtomicInteger next) {
        int back = 0;
        for (int number = next.getAndIncrement(); number < SESSIONS; number = next.getAndIncrement()) {
            back += node.resume(token(node, number)) instanceof ResumeResult.Live ? 1 : 0;
            if (number % LOOK_EVERY == 0) {
                mostWaiting.accumulate(node.store().waiting());
                mostHeap.accumulate(heap());
            }
        }
        return back;
    }

    private void fill(StoredNode node) {
        try (JdbcStore store = JdbcStore.open(pool.source(), namespace, true, Duration.ZERO, InstantSource.system())) {
            for (int from = 0; from < SESSIONS; from += BATCH) {
                DurableRows rows = store.rows();
                rows.write(
                        IntStream.range(from, Math.min(from + BATCH, SESSIONS))
                                .mapToObj(number -> row(node, number))
                                .toList(),
                        Deadline.in(Duration.ofSeconds(30)));
            }
        }
    }

    /** Of one session of a user of its own. */
    private static DurableRow row(StoredNode node, int number) {
        Token token = token(node, number);
        RowKey key = RowKey.of(token);
        Instant now = Instant.now();
        Active session = new Active(
                new SessionUser(name(number), Set.of("clerk"), Map.of()),
                SessionTimes.startingAt(now, node.policy().lifespan(false)),
                Set.of("pwd"),
                Generation.first(token.hash(), now),
                false,
                Map.of("device", "a browser"));
        byte[] bytes = node.lifetimes().codec().encode(key, session);
        Instant expires = now.plus(node.lifetimes().timeToLive(key, bytes, now));
        return new DurableRow(key, bytes, Kind.LIVING, now, expires);
    }

    /** The same for the same number. */
    private static Token token(StoredNode node, int number) {
        TokenMint mint = node.mint(new SplittableRandom(number));
        return mint.first(mint.userHandle(name(number)));
    }

    private static String name(int number) {
        return "user " + number;
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long heapAfterCollection() {
        ManagementFactory.getMemoryMXBean().gc();
        return heap();
    }

    private void report(long millis, long slowest, long before, long after) throws Exception {
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, """
                %,d sessions of as many users came back in %,d ms by %d threads, %,d a second.
                The slowest call of the database took %,d ms. There were %d connections, and at most %d rows waited.
                The heap had %,d MB before and %,d MB after, and %,d MB at most, with garbage.
                """.formatted(
                        SESSIONS,
                        millis,
                        THREADS,
                        SESSIONS * 1000L / Math.max(1, millis),
                        slowest,
                        pool.idle(),
                        mostWaiting.get(),
                        before / MEGABYTE,
                        after / MEGABYTE,
                        mostHeap.get() / MEGABYTE));
    }
}
