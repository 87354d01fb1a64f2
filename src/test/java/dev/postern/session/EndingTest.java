package dev.postern.session;

import static dev.postern.session.TestSessions.ABSOLUTE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TOUCH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.SessionEvent;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Token;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EndingTest {

    private static final ResumeResult OUT = new ResumeResult.Over(Ending.SIGNED_OUT);

    private final TestSessions sessions = new TestSessions();
    private final Token token = sessions.begin("ann").token();

    @Test
    @Tag("P-17")
    @Tag("P-47")
    @Tag("S-10")
    void leavesATombstoneThatNobodyResumes() {
        sessions.end(token);
        sessions.end(token);

        assertThat(sessions.resume(token)).isEqualTo(OUT);
        assertThat(sessions.row(token)).contains(new Revoked(START, Ending.SIGNED_OUT, START.plus(ABSOLUTE)));
    }

    @Test
    @Tag("P-17")
    @Tag("P-110")
    @Tag("H-04")
    void endsEveryTokenOfTheSession() {
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(token).orElseThrow();

        sessions.end(token);

        assertThat(sessions.resume(successor)).isEqualTo(OUT);
        assertThat(sessions.resume(token)).isEqualTo(OUT);
        assertThat(sessions.row(token))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOf(Revoked.class));
    }

    @Test
    @Tag("H-13")
    void buriesASessionThatReadsAsAbsent() {
        Token absent = sessions.mint().first(sessions.mint().userHandle("ann"));

        sessions.end(absent);

        assertThat(sessions.resume(absent)).isEqualTo(OUT);
    }

    @Test
    @Tag("P-20")
    void leavesOtherSessionsAlone() {
        Token second = sessions.begin("ann").token();
        Token bobs = sessions.begin("bob").token();

        sessions.end(token);

        assertThat(sessions.live(second).row().user().name()).isEqualTo("ann");
        assertThat(sessions.live(bobs).row().user().name()).isEqualTo("bob");
    }

    @Test
    @Tag("H-09")
    void recognisesItsOwnTombstoneWhenTheAnswerSaysOtherwise() {
        sessions.cache().denyNextWrites(1);

        sessions.end(token);

        assertThat(sessions.row(token))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOf(Revoked.class));
        assertThat(sessions.events(SessionEvent.Ended.class))
                .as("another call may have written the same, and have told so")
                .isEmpty();
    }

    @Test
    @Tag("H-05")
    void endsASessionThatIsTouchedMeanwhile() {
        sessions.twin().pass(TOUCH);
        sessions.cache().beforeNextWrite(() -> sessions.live(token));

        sessions.end(token);

        assertThat(sessions.resume(token)).isEqualTo(OUT);
    }

    @Test
    @Tag("X-18")
    void endsASessionThatIsRenewedMeanwhile() {
        sessions.twin().pass(RENEW);
        sessions.cache()
                .beforeNextWrite(() -> sessions.live(sessions.offer(token).orElseThrow()));

        sessions.end(token);

        assertThat(sessions.resume(token)).isEqualTo(OUT);
    }

    @Test
    @Tag("H-07")
    @Tag("X-18")
    void isNotUndoneByATouchUnderWay() {
        sessions.twin().pass(TOUCH);
        sessions.cache().beforeNextWrite(() -> sessions.end(token));

        assertThat(sessions.resume(token)).isEqualTo(OUT);
        assertThat(sessions.resume(token)).isEqualTo(OUT);
    }

    @Test
    @Tag("X-18")
    void isNotUndoneByARenewalUnderWay() {
        sessions.twin().pass(RENEW);
        sessions.cache().beforeNextWrite(() -> sessions.end(token));

        assertThat(sessions.resume(token)).isEqualTo(OUT);
        assertThat(sessions.resume(token)).isEqualTo(OUT);
    }

    @Test
    @Tag("H-08")
    void isNotUndoneByAnEditOfMetadataUnderWay() {
        sessions.twin().pass(RENEW);

        ResumeResult result = sessions.keeper().resume(token.reveal(), ResumeRequest.active(draft -> {
            sessions.end(token);
            draft.put("note", "too late");
        }));

        assertThat(result).isEqualTo(OUT);
        assertThat(sessions.row(token))
                .hasValueSatisfying(row -> assertThat(row).isInstanceOf(Revoked.class));
    }

    @Test
    @Tag("X-18")
    void isNotUndoneByASuccessorThatArrives() {
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(token).orElseThrow();
        sessions.cache().beforeNextWrite(() -> sessions.end(token));

        assertThat(sessions.resume(successor)).isEqualTo(OUT);
        assertThat(sessions.resume(successor)).isEqualTo(OUT);
    }

    @Test
    @Tag("X-18")
    void isNotUndoneByASignInUnderWay() {
        sessions.cache().beforeNextWrite(() -> sessions.end(token));

        LiveSession begun = sessions.beginOver(token, "ann");

        assertThat(begun.handle()).isNotEqualTo(token.session());
        assertThat(sessions.resume(token)).isEqualTo(OUT);
    }

    @Test
    void outlivesEveryDeadlineThatACopyOfTheRowCanHave() {
        SessionRow.Active row = sessions.active(token);
        SessionTimes.Limits ordinary = TestRows.LIMITS.ordinary();
        SessionTimes.Limits remembered = TestRows.LIMITS.remembered();

        assertThat(row.tombstone(START.plus(TOUCH), Ending.REVOKED, ordinary).absoluteDeadline())
                .isEqualTo(START.plus(TOUCH).plus(ABSOLUTE));
        assertThat(row.withTimes(SessionTimes.startingAt(START, remembered))
                        .tombstone(START.plus(TOUCH), Ending.REVOKED, ordinary)
                        .absoluteDeadline())
                .isEqualTo(START.plus(remembered.absolute()));
    }
}
