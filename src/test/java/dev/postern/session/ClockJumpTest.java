package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The cluster's clock is that of its oldest member, and jumps when that one leaves. */
@Tag("H-16")
@Tag("X-35")
class ClockJumpTest {

    private static final Duration JUMP = Duration.ofMinutes(10);
    private static final Duration LATE = GRACE.multipliedBy(4);

    private final TestSessions sessions = new TestSessions();

    @Test
    void forwardMakesNobodyAThiefUntilFourGracesHavePassed() {
        Token former = sessions.begin("ann").token();
        sessions.renewed(former);

        sessions.twin().jump(JUMP);

        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Late());
        sessions.twin().pass(LATE);
        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Late());
        assertThat(sessions.events(ReuseDetected.class)).isEmpty();
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Reused());
    }

    @Test
    void backMakesNobodyAThiefUntilFourGracesHavePassed() {
        Token oldest = sessions.begin("ann").token();
        sessions.renewed(sessions.renewed(oldest));

        sessions.twin().jump(JUMP.negated());

        assertThat(sessions.resume(oldest)).isEqualTo(new ResumeResult.Late());
        sessions.twin().pass(LATE);
        assertThat(sessions.resume(oldest)).isEqualTo(new ResumeResult.Late());
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(oldest)).isEqualTo(new ResumeResult.Reused());
    }

    @Test
    void ofAThirtiethOfAGraceIsNone() {
        Token oldest = sessions.begin("ann").token();
        sessions.renewed(sessions.renewed(oldest));

        sessions.twin().jump(GRACE.dividedBy(30));

        assertThat(sessions.resume(oldest)).isEqualTo(new ResumeResult.Reused());
    }

    @Test
    void offersNoSecondSuccessorWhileTheFirstMayBeUnderWay() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        assertThat(sessions.offer(token)).isPresent();

        sessions.twin().jump(JUMP);

        assertThat(sessions.offer(token)).isEmpty();
        sessions.twin().pass(LATE);
        assertThat(sessions.offer(token)).isEmpty();
        sessions.twin().pass(TICK);
        assertThat(sessions.offer(token)).isPresent();
    }

    @Test
    void thatNobodyNoticesMakesNoTwoAnswersCross() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        assertThat(sessions.offer(token)).isPresent();

        sessions.twin().jump(GRACE.dividedBy(30));

        sessions.twin().pass(GRACE.minus(TICK));
        assertThat(sessions.offer(token)).as("the first may still be under way").isEmpty();
        sessions.twin().pass(TICK);
        assertThat(sessions.offer(token)).isPresent();
    }

    @Test
    void backNeverMakesASessionOlderOrShorter() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(token).orElseThrow();
        SessionTimes before = sessions.active(token).times();

        sessions.twin().jump(JUMP.negated());
        LiveSession confirmed = sessions.live(successor);

        assertThat(confirmed.row().generation().number()).isEqualTo(2);
        assertThat(confirmed.row().times()).isEqualTo(before);
        assertThat(before.lastSeen()).isEqualTo(START.plus(RENEW));
    }

    @Test
    void backLetsTheOwnerRenewAndGoOn() {
        Token token = sessions.begin("ann").token();
        sessions.twin().jump(JUMP.negated());

        Instant authenticated = sessions.live(token).row().times().authenticated();
        sessions.twin().pass(JUMP.plus(RENEW));
        Token successor = sessions.offer(token).orElseThrow();

        assertThat(sessions.live(successor).row().times().authenticated()).isEqualTo(authenticated);
        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
    }

    @Test
    void forwardBringsADeadlineNearerAndNoFurther() {
        Token token = sessions.begin("ann").token();

        sessions.twin().jump(IDLE.minus(TICK));
        assertThat(sessions.keeper().resume(token.reveal(), ResumeRequest.PASSIVE))
                .isInstanceOf(ResumeResult.Live.class);
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
    }
}
