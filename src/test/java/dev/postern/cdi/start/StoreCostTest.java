package dev.postern.cdi.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.hazelcast.FakeNaming;
import dev.postern.session.ResumeResult;
import dev.postern.session.token.Token;
import dev.postern.testing.PooledDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What sessions cost on one node with a PostgreSQL, and without, in turn. How long each call took is in {@code
 * target/store-cost.md}; no figure makes a test fail.
 */
@Tag("long")
class StoreCostTest {

    private static final String NAME = "java:app/jdbc/shop";
    private static final int WARM = 300;
    private static final int ROUNDS = 1_000;
    private static final Path REPORT = Path.of("target/store-cost.md");

    private final Map<String, List<Long>> micros = new TreeMap<>();

    @Test
    void sessionsLiveAndEndWithADatabaseAndWithout() throws Exception {
        String namespace = "test-" + UUID.randomUUID();
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("fsync", "on")
                        .start();
                PooledDatabase pool = new PooledDatabase(server.getPostgresDatabase());
                FakeNaming naming = FakeNaming.bind(NAME, pool.source());
                StoredNode with = new StoredNode(namespace + "-with", NAME, Map.of());
                StoredNode without = new StoredNode(namespace + "-without", "", Map.of())) {
            assertThat(naming.lookUps()).isEqualTo(1);
            for (int round = 0; round < WARM + ROUNDS; round++) {
                if (round == WARM) {
                    micros.clear();
                }
                live("with a database", with, "user " + round);
                live("without", without, "user " + round);
            }
        }
        Files.createDirectories(REPORT.toAbsolutePath().getParent());
        Files.writeString(REPORT, report());
    }

    private void live(String how, StoredNode node, String user) {
        Token first = timed("the first sign-in of a user, " + how, () -> node.signIn(user));
        Token second = timed("a further sign-in, " + how, () -> node.signIn(user));
        assertThat(timed("a check, " + how, () -> node.resume(first))).isInstanceOf(ResumeResult.Live.class);
        boolean unused = timed("the end of a session, " + how, () -> {
            node.keeper.end(second, Ending.SIGNED_OUT);
            return true;
        });
        assertThat(node.resume(second)).isInstanceOf(ResumeResult.Over.class);
    }

    private <T> T timed(String what, Supplier<T> call) {
        long begun = System.nanoTime();
        T answer = call.get();
        long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begun);
        micros.computeIfAbsent(what, any -> new ArrayList<>()).add(took);
        return answer;
    }

    private String report() {
        return micros.entrySet().stream()
                .map(one -> line(one.getKey(), one.getValue()))
                .collect(Collectors.joining("", "| Call | Median, µs | 99 of 100, µs |\n|---|---|---|\n", ""));
    }

    private static String line(String what, List<Long> times) {
        Collections.sort(times);
        return "| %s | %,d | %,d |%n".formatted(what, times.get(ROUNDS / 2), times.get(ROUNDS * 99 / 100));
    }
}
