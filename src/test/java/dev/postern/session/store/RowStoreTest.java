package dev.postern.session.store;

import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.TestRows;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.PassingCache;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowStoreTest {

    private final InMemoryCredentialsCache twin = new InMemoryCredentialsCache(TestRows.LIFETIMES, START);

    /** A clock that shows the start a few times, and then the next tick. */
    private final class LateClock extends PassingCache {

        private int left = 3;

        LateClock() {
            super(twin);
        }

        @Override
        public Instant now() {
            left--;
            return left > 0 ? START : START.plus(TICK);
        }
    }

    /** The machine may stop for longer than the wait. So one of many waits has to end with the time. */
    @Test
    void waitsForAClockThatIsAboutToShowTheTime() {
        assertThat(IntStream.range(0, 1000)).anyMatch(any -> {
            LateClock clock = new LateClock();
            TestRows.rows(clock, twin).await(START.plus(TICK));
            return clock.left == 0;
        });
    }

    @Test
    void doesNotWaitForATimeThatIsShown() {
        LateClock clock = new LateClock();

        TestRows.rows(clock, twin).await(START);

        assertThat(clock.left).isEqualTo(2);
    }

    @Test
    void givesUpOnAClockThatStandsStill() {
        TestRows.rows(twin, twin).await(START.plus(TICK));

        assertThat(twin.now()).isEqualTo(START);
    }
}
