package dev.postern.session;

import static dev.postern.session.TestSessions.ABSOLUTE;
import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.GRACE;
import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.session.row.SessionTimes;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RememberedTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final SessionTimes.Limits LIFE = TestRows.LIMITS.remembered();

    private final TestSessions sessions = new TestSessions();
    private final LiveSession begun = sessions.remember("ann");
    private final Token token = begun.token();

    @Test
    @Tag("P-68")
    void livesItsOwnLongerLife() {
        assertThat(begun.row().times().expires()).isEqualTo(START.plus(LIFE.idle()));
        assertThat(begun.row().times().absoluteDeadline()).isEqualTo(START.plus(LIFE.absolute()));

        sessions.twin().pass(LIFE.idle().minus(TICK));
        assertThat(sessions.live(token).row().isRemembered()).isTrue();
    }

    @Test
    @Tag("X-13")
    void endsAtItsAbsoluteDeadlineHoweverOftenRenewed() {
        Token current = token;
        for (Duration age = Duration.ZERO; age.compareTo(LIFE.absolute()) < 0; age = age.plus(DAY)) {
            sessions.twin().setNow(START.plus(age));
            current = sessions.offer(current).orElse(current);
        }

        sessions.twin().setNow(START.plus(LIFE.absolute()).minus(TICK));
        assertThat(sessions.live(current).handle()).isEqualTo(token.session());
        sessions.twin().setNow(START.plus(LIFE.absolute()));
        assertThat(sessions.resume(current)).isEqualTo(new ResumeResult.Over(Ending.EXPIRED));
    }

    @Test
    @Tag("P-57")
    @Tag("P-59")
    void isRenewedWhenItsBrowserReturnsAndKeepsItsHandle() {
        sessions.twin().pass(DAY);
        Token successor = sessions.offer(token).orElseThrow();

        assertThat(sessions.live(successor).handle()).isEqualTo(token.session());
        sessions.twin().pass(GRACE.minus(TICK));
        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
        sessions.twin().pass(TICK);
        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Late());
    }

    @Test
    @Tag("P-58")
    @Tag("X-23")
    void letsEveryTabInWhenTheBrowserReturns() {
        sessions.twin().pass(DAY);
        Token[] offered = new Token[1];
        sessions.cache()
                .beforeNextWrite(() -> offered[0] = sessions.offer(token).orElseThrow());

        assertThat(sessions.offer(token)).isEmpty();
        assertThat(sessions.offer(token)).isEmpty();

        assertThat(sessions.live(offered[0]).handle()).isEqualTo(token.session());
        assertThat(sessions.live(token).handle()).isEqualTo(token.session());
    }

    @Test
    @Tag("P-60")
    void carriesItsMetadataOverAndLetsANewValueWin() {
        sessions.twin().pass(DAY);
        sessions.keeper().resume(token.reveal(), ResumeRequest.active(draft -> {
            draft.put("address", "192.0.2.1");
            draft.put("kept", "yes");
        }));
        sessions.twin().pass(DAY);
        sessions.keeper().resume(token.reveal(), ResumeRequest.active(draft -> draft.put("address", "192.0.2.3")));

        assertThat(sessions.live(token).row().metadata()).isEqualTo(Map.of("address", "192.0.2.3", "kept", "yes"));
    }

    @Test
    @Tag("P-61")
    @Tag("P-64")
    void isBoundToItsNamespaceAndItsTagLikeAnyOther() {
        TestSessions elsewhere = new TestSessions("other", TestRows.LIMITS);
        String text = token.reveal();
        String forged = text.substring(0, 90) + (text.charAt(90) == 'A' ? 'B' : 'A') + text.substring(91);

        assertThat(elsewhere.resume(token)).isEqualTo(new ResumeResult.Malformed());
        assertThat(sessions.keeper().resume(forged, ACTIVE)).isEqualTo(new ResumeResult.Malformed());
        assertThat(elsewhere.cache().reads()).isZero();
        assertThat(sessions.active(token)).isEqualTo(begun.row());
    }

    @Test
    @Tag("P-62")
    void isUsedAsItIsWhileItIsYoung() {
        int before = sessions.cache().writes();
        sessions.twin().pass(TICK);

        assertThat(sessions.offer(token)).isEmpty();

        assertThat(sessions.cache().writes()).isEqualTo(before);
        assertThat(sessions.active(token)).isEqualTo(begun.row());
    }

    @Test
    @Tag("P-65")
    void isNobodysWhenItsRowIsGone() {
        sessions.twin().pass(LIFE.absolute());
        int before = sessions.cache().writes();

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Absent());
        assertThat(sessions.cache().writes()).isEqualTo(before);
    }

    @Test
    @Tag("P-70")
    @Tag("P-71")
    void endsAsAnOrdinaryOneWhenItsUserSignsInAgainWithoutBeingRemembered() {
        LiveSession again = sessions.beginOver(token, "ann");

        assertThat(again.handle()).isEqualTo(token.session());
        assertThat(again.row().isRemembered()).isFalse();
        assertThat(again.row().times().absoluteDeadline()).isEqualTo(START.plus(ABSOLUTE));
        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Late());
    }

    @Test
    @Tag("P-70")
    void endsWhenSomebodyElseSignsInOverIt() {
        sessions.beginOver(token, "bob");

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.REPLACED));
    }

    @Test
    @Tag("P-72")
    void keepsWhatContributorsGaveAtTheSignIn() {
        LiveSession other = sessions.keeper()
                .begin(new SignInRequest(
                        TestSessions.user("bob"), true, Optional.empty(), draft -> draft.put("desk", "three")))
                .orElseThrow();

        assertThat(sessions.live(other.token()).row().metadata()).isEqualTo(Map.of("desk", "three"));
    }

    @Test
    @Tag("P-73")
    void isOverAfterASignOut() {
        sessions.end(token);

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.SIGNED_OUT));
    }
}
