package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.SessionEvent;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The response that carried a successor did not arrive, or arrived late. */
class LostAnswerTest {

    private static final Duration STANDS = GRACE.plus(GRACE.dividedBy(30));

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("P-09")
    @Tag("X-33")
    void leavesATokenValidAsLongAsItsSessionUntilTheSuccessorIsUsed() {
        Token slow = sessions.begin("ann").token();
        Optional<Token> offered = Optional.empty();
        for (int i = 0; i < 20; i++) {
            sessions.twin().pass(IDLE.minus(TICK));
            offered = sessions.offer(slow);
            assertThat(offered).isPresent();
        }

        assertThat(sessions.live(offered.orElseThrow()).handle()).isEqualTo(slow.session());
        assertThat(sessions.events(SessionEvent.ReuseDetected.class)).isEmpty();
    }

    @Test
    @Tag("X-19")
    void isOfferedAgainAfterALittleMoreThanAGraceWhenTheAnswerWasLost() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        Token lost = sessions.offer(token).orElseThrow();

        sessions.twin().pass(STANDS.minus(TICK));
        assertThat(sessions.offer(token)).isEmpty();
        sessions.twin().pass(TICK);
        Token second = sessions.offer(token).orElseThrow();

        assertThat(second.generation()).isGreaterThan(lost.generation());
        assertThat(sessions.live(second).handle()).isEqualTo(token.session());
        assertThat(sessions.events(SessionEvent.ReuseDetected.class)).isEmpty();
    }

    @Test
    @Tag("X-19")
    void takesTheFirstOfferThatWasOnlySlowAndThenTheSecond() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        Token slow = sessions.offer(token).orElseThrow();
        sessions.twin().pass(STANDS);
        Token second = sessions.offer(token).orElseThrow();

        assertThat(sessions.live(slow).handle()).isEqualTo(token.session());
        assertThat(sessions.live(second).handle()).isEqualTo(token.session());
        Active row = sessions.active(token);
        assertThat(row.generation().isCurrent(second)).isTrue();
        assertThat(sessions.events(SessionEvent.Confirmed.class))
                .extracting(SessionEvent.Confirmed::isHealed)
                .as("the second was on offer all the time")
                .containsExactly(true, false);
    }
}
