package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.ReuseDetected;
import dev.postern.session.token.Token;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A copy that is presented at a sign-out or at a sign-in is found as one. */
class SessionEnderTest {

    private final TestSessions sessions = new TestSessions();
    private final TestSessions rejecting = new TestSessions("shop", TestSessions.rejecting());

    @Test
    @Tag("G9")
    void findsACopyThatSignsOut() {
        Token copy = copied(sessions);

        sessions.end(copy);

        assertThat(sessions.events(ReuseDetected.class))
                .singleElement()
                .satisfies(event -> assertThat(event.isEnded()).isTrue());
        assertThat(sessions.resume(copy)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
    }

    @Test
    @Tag("G9")
    void findsACopyOverWhichItsUserSignsIn() {
        Token copy = copied(sessions);

        LiveSession begun = sessions.beginOver(copy, "ann");

        assertThat(begun.handle()).isNotEqualTo(copy.session());
        assertThat(sessions.events(ReuseDetected.class)).hasSize(1);
        assertThat(sessions.events(Ended.class)).extracting(Ended::reason).containsExactly(Ending.REUSED);
    }

    @Test
    void leavesTheOwnersSessionAloneWhereOnlyCopiesAreRefused() {
        Token first = rejecting.begin("ann").token();
        Token current = rejecting.renewed(first);
        rejecting.twin().pass(GRACE.multipliedBy(4));

        rejecting.end(first);
        rejecting.beginOver(first, "bob");

        rejecting.live(current);
        assertThat(rejecting.events(ReuseDetected.class)).hasSize(2);
    }

    @Test
    @Tag("H-16")
    void takesNobodyForACopyWhenTheClockHasGoneBackMeanwhile() {
        LiveSession begun = sessions.begin("ann");
        sessions.twin().pass(TestSessions.TOUCH);
        sessions.live(begun.token());
        sessions.twin().jump(Duration.ofMinutes(-10));
        sessions.twin().pass(GRACE.multipliedBy(5));
        sessions.beginOver(begun.token(), "ann");

        sessions.twin().pass(GRACE.multipliedBy(5));

        assertThat(IDLE).isGreaterThan(GRACE.multipliedBy(10));
        assertThat(sessions.resume(begun.token())).isEqualTo(new ResumeResult.Late());
    }

    /** A token that only a copy can still hold. */
    private static Token copied(TestSessions sessions) {
        Token first = sessions.begin("ann").token();
        sessions.renewed(first);
        sessions.twin().pass(GRACE.multipliedBy(4));
        return first;
    }
}
