package dev.postern.session;

import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.IDLE;
import static dev.postern.session.TestSessions.RENEW;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.session.token.Token;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SigningInAgainTest {

    private final TestSessions sessions = new TestSessions();

    @Test
    @Tag("P-13")
    @Tag("P-25")
    @Tag("P-88")
    @Tag("P-95")
    void givesTheSameUserANewTokenForTheSameSession() {
        LiveSession first = sessions.begin("ann");
        sessions.twin().pass(GRACE);

        LiveSession second = sessions.beginOver(first.token(), "ann");

        assertThat(second.handle()).isEqualTo(first.handle());
        LiveSession resumed = sessions.live(second.token());
        assertThat(resumed.row().times().created()).isEqualTo(START);
        assertThat(resumed.row().times().authenticated()).isEqualTo(START.plus(GRACE));
        assertThat(resumed.row().generation().since()).isEqualTo(START.plus(GRACE));
    }

    @Test
    @Tag("P-13")
    void killsTheFormerTokenAtOnceAndTakesItForLateAndNotForACopy() {
        Token old = sessions.begin("ann").token();
        LiveSession again = sessions.beginOver(old, "ann");

        assertThat(sessions.resume(old)).isEqualTo(new ResumeResult.Late());
        sessions.live(again.token());
        sessions.twin().pass(GRACE.multipliedBy(4).minus(TICK));
        assertThat(sessions.resume(old)).isEqualTo(new ResumeResult.Late());
        sessions.live(again.token());
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(old)).isEqualTo(new ResumeResult.Reused());
    }

    @Test
    @Tag("P-13")
    void takesTheFormerTokenForLateAsLongAsTheNewOneHasNotArrived() {
        Token old = sessions.begin("ann").token();
        LiveSession again = sessions.beginOver(old, "ann");

        sessions.twin().pass(IDLE.minus(TICK));

        assertThat(sessions.resume(old)).isEqualTo(new ResumeResult.Late());
        assertThat(sessions.live(again.token()).handle()).isEqualTo(again.handle());
    }

    @Test
    @Tag("P-13")
    void killsTheSuccessorOnOfferToo() {
        Token old = sessions.begin("ann").token();
        sessions.twin().pass(RENEW);
        Token successor = sessions.offer(old).orElseThrow();

        LiveSession again = sessions.beginOver(old, "ann");

        assertThat(sessions.resume(successor)).isEqualTo(new ResumeResult.Late());
        assertThat(sessions.resume(old)).isEqualTo(new ResumeResult.Late());
        assertThat(sessions.offer(again.token())).isEmpty();
    }

    @Test
    @Tag("P-88")
    void leavesTheSessionAsItIsWhenTheNewSignInFails() {
        LiveSession begun = sessions.begin("ann");

        assertThatThrownBy(() -> sessions.keeper()
                        .begin(new SignInRequest(TestSessions.user("ann"), false, Optional.of(begun.token()), draft -> {
                            throw new IllegalStateException("no");
                        })))
                .hasMessage("no");

        assertThat(sessions.live(begun.token()).row()).isEqualTo(begun.row());
    }

    @Test
    @Tag("P-95")
    @Tag("X-09")
    @Tag("I4")
    void startsFromNothingForAnotherUser() {
        Token former = sessions.beginWith("ann", draft -> draft.put("second factor", "passed"))
                .token();

        LiveSession begun = sessions.beginOver(former, "bob");

        assertThat(begun.handle()).isNotEqualTo(former.session());
        LiveSession resumed = sessions.live(begun.token());
        assertThat(resumed.row().user().name()).isEqualTo("bob");
        assertThat(resumed.row().metadata()).isEmpty();
        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Over(Ending.REPLACED));
    }

    @Test
    @Tag("P-95")
    void keepsTheMetadataOfTheSameUser() {
        Token former =
                sessions.beginWith("ann", draft -> draft.put("desk", "three")).token();

        assertThat(sessions.beginOver(former, "ann").row().metadata()).isEqualTo(Map.of("desk", "three"));
    }

    @Test
    @Tag("H-16")
    void goesOnOverATokenThatOnlyAJumpOfTheClockMakesACopy() {
        Token former = sessions.begin("ann").token();
        sessions.renewed(former);
        sessions.twin().jump(GRACE.multipliedBy(4));

        LiveSession again = sessions.beginOver(former, "ann");

        assertThat(again.handle()).isEqualTo(former.session());
    }

    @Test
    @Tag("P-95")
    void beginsAnewOverATokenThatOnlyACopyCanHold() {
        Token former = sessions.begin("ann").token();
        sessions.renewed(former);
        sessions.twin().pass(GRACE.multipliedBy(4));

        LiveSession begun = sessions.beginOver(former, "ann");

        assertThat(begun.handle()).isNotEqualTo(former.session());
        assertThat(sessions.resume(former)).isEqualTo(new ResumeResult.Over(Ending.REUSED));
    }
}
