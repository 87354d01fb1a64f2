package dev.postern.session;

import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long a session lives: the holder of an open connection asks. */
@Tag("X-26")
class TimeLeftTest {

    private final TestSessions sessions = new TestSessions();
    private final LiveSession session = sessions.begin("ann");

    @Test
    void endsWithTheIdleTimeAndIsNotExtendedByLooking() {
        sessions.twin().pass(IDLE.minus(TICK));
        assertThat(timeLeft()).contains(TICK);

        sessions.twin().pass(TICK);
        assertThat(timeLeft()).isEmpty();
    }

    @Test
    void isExtendedByAUseElsewhere() {
        sessions.twin().pass(TOUCH);
        sessions.live(session.token());

        assertThat(timeLeft()).contains(IDLE);
    }

    @Test
    void isNoneForASessionThatWasEnded() {
        sessions.end(session.token());

        assertThat(timeLeft()).isEmpty();
    }

    @Test
    void isNoneForASessionFromBeforeTheEpochOfItsUser() {
        sessions.createEpoch(session.token(), START);
        assertThat(timeLeft()).contains(IDLE);

        TestSessions others = new TestSessions();
        LiveSession older = others.begin("ann");
        others.createEpoch(older.token(), START.plus(TICK));
        assertThat(others.keeper().userSessions().timeLeft(older.key())).isEmpty();
    }

    @Test
    void isNoneForASessionThatIsNotThere() {
        assertThat(sessions.keeper().userSessions().timeLeft(TestRows.key())).isEmpty();
    }

    private Optional<Duration> timeLeft() {
        return sessions.keeper().userSessions().timeLeft(session.key());
    }
}
