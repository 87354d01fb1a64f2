package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.session.token.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CopiedTokenTest {

    private static final ResumeResult REUSED = new ResumeResult.Reused();

    private final TestSessions sessions = new TestSessions();
    private final TestSessions lenient = new TestSessions("shop", TestSessions.rejecting());

    @Test
    @Tag("P-110")
    @Tag("X-07")
    void isLateForFourGracesAndACopyFromThenOn() {
        Token former = sessions.begin("ann").token();
        Token successor = sessions.renewed(former);

        sessions.twin().pass(GRACE.multipliedBy(4).minus(TICK));
        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Late());
        assertThat(sessions.live(successor).handle()).isEqualTo(former.session());
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(former)).isEqualTo(REUSED);
    }

    @Test
    @Tag("X-07")
    void endsTheSessionForThiefAndOwnerAndIsToldOnce() {
        Token former = sessions.begin("ann").token();
        Token successor = sessions.renewed(former);
        sessions.twin().pass(GRACE.multipliedBy(4));

        sessions.resume(former);

        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
        assertThat(sessions.resume(successor)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
        String handle = former.session().text();
        assertThat(sessions.events(ReuseDetected.class))
                .containsExactly(
                        new ReuseDetected(handle, "ann", true, sessions.twin().now()));
        assertThat(sessions.events(Ended.class))
                .containsExactly(
                        new Ended(handle, Ending.REUSED, sessions.twin().now()));
    }

    @Test
    @Tag("X-07")
    void leavesOtherSessionsOfItsUserAlone() {
        Token former = sessions.begin("ann").token();
        Token other = sessions.remember("ann").token();
        sessions.renewed(former);
        sessions.twin().pass(GRACE.multipliedBy(4));

        assertThat(sessions.resume(former)).isEqualTo(REUSED);

        assertThat(sessions.live(other).handle()).isEqualTo(other.session());
    }

    @Test
    @Tag("X-07")
    void isOnlyRefusedWhereThePolicySaysSo() {
        Token former = lenient.begin("ann").token();
        Token successor = lenient.renewed(former);
        lenient.twin().pass(GRACE.multipliedBy(4));

        assertThat(lenient.resume(former)).isEqualTo(REUSED);

        assertThat(lenient.live(successor).handle()).isEqualTo(former.session());
        assertThat(lenient.events(ReuseDetected.class))
                .containsExactly(new ReuseDetected(
                        former.session().text(), "ann", false, lenient.twin().now()));
        assertThat(lenient.events(Ended.class)).isEmpty();
    }

    @Test
    @Tag("X-07")
    void isATokenOfAGenerationLongPast() {
        Token first = sessions.begin("ann").token();
        Token second = sessions.renewed(first);
        sessions.renewed(second);

        assertThat(sessions.resume(first)).isEqualTo(REUSED);
    }

    @Test
    @Tag("X-07")
    void gainsNothingFromSigningInAgain() {
        Token former = sessions.begin("ann").token();
        sessions.renewed(former);
        sessions.twin().pass(GRACE.multipliedBy(4));

        LiveSession begun = sessions.beginOver(former, "ann");

        assertThat(begun.handle()).isNotEqualTo(former.session());
        assertThat(begun.row().metadata()).isEmpty();
    }

    @Test
    @Tag("X-07")
    void isFoundWhenTheThiefRenewsFirst() {
        Token stolen = sessions.begin("ann").token();
        Token thiefs = sessions.renewed(stolen);
        sessions.twin().pass(RENEW.minus(TICK));

        assertThat(sessions.resume(stolen)).isEqualTo(REUSED);

        assertThat(sessions.resume(thiefs)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
    }

    @Test
    @Tag("X-07")
    void isNotTakenForOneWhileTheOwnerHasNotComeBackWithTheSuccessor() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        assertThat(sessions.offer(token)).isPresent();
        sessions.twin().pass(GRACE.multipliedBy(5));

        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
        assertThat(sessions.events(ReuseDetected.class)).isEmpty();
    }
}
