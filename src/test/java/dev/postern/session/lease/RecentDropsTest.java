package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.TestSessions;
import dev.postern.session.row.RowFormat;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("L1")
class RecentDropsTest {

    private static final long SETTLING = Duration.ofSeconds(10).toNanos();

    private final Random random = new Random(1);
    private final RecentDrops drops = new RecentDrops(Duration.ofNanos(SETTLING));
    private final Handle user = handle();
    private final RowKey key = RowKey.session(user, handle());

    private Handle handle() {
        byte[] bytes = new byte[Handle.BYTES];
        random.nextBytes(bytes);
        return Handle.of(bytes);
    }

    @Test
    void settlesAfterAWhile() {
        assertThat(drops.isSettling(key, 0)).isFalse();

        drops.add(new Invalidation.Session(key, false), 7);

        assertThat(drops.isSettling(key, 7)).isTrue();
        assertThat(drops.isSettling(key, 6 + SETTLING)).isTrue();
        assertThat(drops.isSettling(key, 7 + SETTLING)).isFalse();
        assertThat(drops.isSettling(RowKey.session(user, handle()), 7)).isFalse();
        assertThat(drops.hasEnded(key, createdAt(0))).isFalse();
    }

    @Test
    void aDropOfAUserIsOneOfEachSession() {
        drops.add(new Invalidation.User(user, epoch(5)), 7);

        assertThat(drops.isSettling(key, 7)).isTrue();
        assertThat(drops.isSettling(key, 7 + SETTLING)).isFalse();
        assertThat(drops.isSettling(RowKey.session(handle(), handle()), 7)).isFalse();
    }

    @Test
    void whatIsOverStaysSo() {
        drops.add(new Invalidation.Session(key, true), 7);
        drops.add(new Invalidation.Session(key, false), 8);

        assertThat(drops.hasEnded(key, createdAt(0))).isTrue();
        assertThat(drops.isSettling(key, 7 + SETTLING)).isTrue();
    }

    @Test
    void anEpochEndsTheSessionsThatAreOlder() {
        drops.add(new Invalidation.User(user, epoch(5)), 7);

        assertThat(drops.hasEnded(key, createdAt(4))).isTrue();
        assertThat(drops.hasEnded(key, createdAt(5))).isFalse();
        assertThat(drops.hasEnded(RowKey.session(handle(), handle()), createdAt(4)))
                .as("of another user")
                .isFalse();
    }

    @Test
    void anEpochSparesItsSession() {
        Handle session = key.session().orElseThrow();
        drops.add(new Invalidation.User(user, epoch(5).raisedTo(at(9), Optional.of(session))), 7);

        assertThat(drops.hasEnded(key, createdAt(6))).isFalse();
        assertThat(drops.hasEnded(key, createdAt(4)))
                .as("before the former epoch")
                .isTrue();
        assertThat(drops.hasEnded(RowKey.session(user, handle()), createdAt(6))).isTrue();
    }

    /** Messages may overtake each other. */
    @Test
    void theLatestEpochCounts() {
        drops.add(new Invalidation.User(user, epoch(5)), 7);
        drops.add(new Invalidation.User(user, epoch(3)), 8);

        assertThat(drops.hasEnded(key, createdAt(4))).isTrue();
    }

    @Test
    void keepsABoundedNumberInMind() {
        drops.add(new Invalidation.Session(key, true), 7);
        for (int i = 1; i < RecentDrops.MOST; i++) {
            drops.add(new Invalidation.Session(RowKey.session(user, handle()), true), 7);
        }
        assertThat(drops.hasEnded(key, createdAt(0))).isTrue();

        drops.add(new Invalidation.Session(RowKey.session(user, handle()), true), 7);

        assertThat(drops.hasEnded(key, createdAt(0))).isFalse();
    }

    private static Epoch epoch(int second) {
        return new Epoch(at(second), Optional.empty());
    }

    private static Instant at(int second) {
        return TestSessions.START.plusSeconds(second);
    }

    private static Active createdAt(int second) {
        return (Active) new RowFormat()
                .decode(TestRows.live(at(second), Duration.ofMinutes(30)))
                .orElseThrow();
    }
}
