package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.testing.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** While rows move between members, all rows of a user are listed, or the listing fails. */
@Tag("H-18")
class ListingWhileRowsMoveTest {

    private static final int ROWS = 300;
    private static final int MOVES = 4;

    private final RowKey key = TestRows.key();

    @Test
    void isCompleteWhileMembersComeAndGo() throws Exception {
        try (TestCluster cluster = TestCluster.ready()) {
            cluster.addMember();
            CredentialsCache cache = cluster.cache(0);
            fill(cache);
            AtomicBoolean isOver = new AtomicBoolean();

            List<Set<Integer>> seen = Race.of(2, racer -> racer == 0 ? move(cluster, isOver) : list(cache, isOver));

            assertThat(seen.get(1)).containsExactly(ROWS);
        }
    }

    @Test
    @Timeout(60)
    void isCompleteUntilItFailsInAMinority() {
        try (TestCluster cluster = TestCluster.ready()) {
            cluster.add(2);
            Grid second = cluster.addMember();
            CredentialsCache left = cluster.cache(0);
            fill(left);

            second.close();

            assertThatThrownBy(() -> {
                        while (true) {
                            assertThat(left.rowsOf(TestRows.user(key), soon())).hasSize(ROWS);
                        }
                    })
                    .isInstanceOf(PosternException.class);
        }
    }

    private void fill(CredentialsCache cache) {
        for (int i = 0; i < ROWS; i++) {
            cache.create(TestRows.sibling(key), TestRows.live(Instant.now(), Duration.ofHours(1)), soon());
        }
    }

    /** Rows move to a new member, and back when it stops. */
    private static Set<Integer> move(TestCluster cluster, AtomicBoolean isOver) {
        try {
            for (int i = 0; i < MOVES; i++) {
                cluster.addMember().close();
            }
        } finally {
            isOver.set(true);
        }
        return Set.of();
    }

    /** How many rows each listing had that did not fail. */
    private Set<Integer> list(CredentialsCache cache, AtomicBoolean isOver) {
        Set<Integer> sizes = new TreeSet<>();
        while (!isOver.get()) {
            try {
                sizes.add(cache.rowsOf(TestRows.user(key), soon()).size());
            } catch (PosternException e) {
                // a listing that fails shows no rows
            }
        }
        return sizes;
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }
}
