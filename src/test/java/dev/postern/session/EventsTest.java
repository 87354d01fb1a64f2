package dev.postern.session;

import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent.Confirmed;
import dev.postern.SessionEvent.Created;
import dev.postern.SessionEvent.Ended;
import dev.postern.SessionEvent.Expired;
import dev.postern.SessionEvent.Reauthenticated;
import dev.postern.SessionEvent.Rejected;
import dev.postern.SessionEvent.Rejected.Cause;
import dev.postern.SessionEvent.Renewed;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("X-32")
class EventsTest {

    private final TestSessions sessions = new TestSessions();

    @Test
    void tellTheLifeOfASession() {
        Token token = sessions.begin("ann").token();
        String handle = token.session().text();
        Token successor = sessions.renewed(token);
        Instant later = START.plus(RENEW);
        sessions.live(successor);
        sessions.beginOver(successor, "ann");
        sessions.end(successor);
        sessions.end(successor);

        assertThat(sessions.events())
                .containsExactly(
                        new Created(handle, "ann", START),
                        new Renewed(handle, "ann", later),
                        new Confirmed(handle, "ann", false, later),
                        new Reauthenticated(handle, "ann", later),
                        new Ended(handle, Ending.SIGNED_OUT, later));
    }

    @Test
    void tellOfASessionThatReplacesAnother() {
        Token first = sessions.begin("ann").token();
        LiveSession second = sessions.beginOver(first, "bob");

        assertThat(sessions.events())
                .containsExactly(
                        new Created(first.session().text(), "ann", START),
                        new Created(second.handle().text(), "bob", START),
                        new Ended(first.session().text(), Ending.REPLACED, START));
    }

    @Test
    void sayThatARowHadLostAWrite() {
        LiveSession begun = sessions.begin("ann");
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(begun.token()).orElseThrow();
        sessions.spoil(begun.token(), begun.row());

        sessions.live(successor);

        assertThat(sessions.events(Confirmed.class))
                .containsExactly(new Confirmed(begun.handle().text(), "ann", true, START.plus(RENEW)));
    }

    @Test
    void tellOfAnEndThatTheClockBrought() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(IDLE);

        sessions.resume(token);

        assertThat(sessions.events())
                .contains(new Expired(token.session().text(), START.plus(IDLE)))
                .hasSize(2);
    }

    @Test
    void sayWhyATokenDidNotCount() {
        Token unknown = sessions.mint().first(sessions.mint().userHandle("ann"));
        Token unreadable = sessions.begin("ann").token();
        Token ended = sessions.begin("ann").token();
        sessions.spoil(unreadable, new byte[] {9});
        sessions.end(ended);

        sessions.keeper().resume("no token", ACTIVE);
        sessions.resume(unknown);
        sessions.resume(unreadable);
        sessions.resume(ended);

        assertThat(sessions.events(Rejected.class))
                .containsExactly(
                        new Rejected(Cause.MALFORMED, Optional.empty(), START),
                        rejected(Cause.UNKNOWN, unknown, START),
                        rejected(Cause.UNREADABLE, unreadable, START),
                        rejected(Cause.ENDED, ended, START));
    }

    @Test
    void sayThatATokenIsLate() {
        Token former = sessions.begin("ann").token();
        sessions.renewed(former);
        sessions.twin().pass(GRACE);

        sessions.resume(former);

        assertThat(sessions.events(Rejected.class))
                .containsExactly(rejected(Cause.LATE, former, START.plus(RENEW).plus(GRACE)));
    }

    @Test
    void sayNothingOfWhatOnlyPasses() {
        Token token = sessions.begin("ann").token();
        sessions.twin().pass(TestSessions.TOUCH);
        sessions.live(token);
        sessions.keeper().resume(token.reveal(), ResumeRequest.PASSIVE);

        assertThat(sessions.events()).hasSize(1);
    }

    @Test
    void sayOfWhatClientsRepeatAtMostTwentyASecond() {
        for (int i = 0; i < 50; i++) {
            sessions.keeper().resume("no token", ACTIVE);
        }
        assertThat(sessions.events()).hasSize(20);

        sessions.twin().pass(Duration.ofSeconds(1));
        sessions.keeper().resume("no token", ACTIVE);
        assertThat(sessions.events()).hasSize(21);
    }

    @Test
    void areHeldBackForNoSessionsSake() {
        for (int i = 0; i < 50; i++) {
            sessions.keeper().resume("no token", ACTIVE);
        }

        sessions.end(sessions.begin("ann").token());

        assertThat(sessions.events(Created.class)).hasSize(1);
        assertThat(sessions.events(Ended.class)).hasSize(1);
    }

    private static Rejected rejected(Cause cause, Token token, Instant at) {
        return new Rejected(cause, Optional.of(token.session().text()), at);
    }

    @Test
    void tellOfAClientThatPresentsSeveralTokens() {
        sessions.keeper().rejectDoubled();

        assertThat(sessions.events()).containsExactly(new Rejected(Cause.DOUBLED, Optional.empty(), START));
    }
}
