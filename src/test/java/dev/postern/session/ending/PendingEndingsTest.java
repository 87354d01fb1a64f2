package dev.postern.session.ending;

import static dev.postern.session.TestSessions.ACTIVE;
import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.rotation.SessionPolicy;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Token;
import dev.postern.testing.CapturedLog;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that was to be ended while the grid was away. */
@Tag("G11")
class PendingEndingsTest {

    private static final ResumeResult OVER = new ResumeResult.Over(Ending.SIGNED_OUT);

    private final TestSessions sessions = new TestSessions();
    private final Token token = sessions.begin("ann").token();

    @Test
    @Tag("P-17")
    void isNeverClaimedToHaveWorked() {
        endInVain(token);

        assertThat(sessions.events(SessionEvent.Ended.class)).isEmpty();
        assertThat(sessions.row(token)).containsInstanceOf(SessionRow.Active.class);
    }

    @Test
    @Tag("P-17")
    void isRefusedHereAsSoonAsTheGridIsBackAndEverywhereAfterTheNextTry() {
        endInVain(token);

        assertThat(sessions.resume(token)).isEqualTo(OVER);
        assertThat(onAnotherNode().resume(token.reveal(), ACTIVE)).isInstanceOf(ResumeResult.Live.class);

        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();

        assertThat(onAnotherNode().resume(token.reveal(), ACTIVE)).isEqualTo(OVER);
        assertThat(sessions.resume(token)).isEqualTo(OVER);
        assertThat(sessions.events(SessionEvent.Ended.class))
                .extracting(SessionEvent.Ended::reason)
                .containsExactly(Ending.SIGNED_OUT);
    }

    /** An identity provider leaves some sessions alone, whose users may have signed out all the same. */
    @Test
    void staysOneOfEverySessionIfItIsAskedForWithExceptions() {
        PendingEndings pending = new PendingEndings();
        RowKey key = RowKey.of(token);
        PendingEndings.Pending sparing =
                new PendingEndings.Pending(key, Ending.SIGNED_OUT_AT_PROVIDER, TestSessions.START, row -> true);

        pending.add(sparing);
        assertThat(pending.tombstone(key, sessions.active(token))).isEmpty();
        pending.add(key, Ending.SIGNED_OUT, TestSessions.START);
        pending.add(sparing);

        assertThat(pending.tombstone(key, sessions.active(token)).map(Revoked::reason))
                .contains(Ending.SIGNED_OUT);
    }

    @Test
    void isListedNowhereOnThisNode() {
        SessionKeeper here = sessions.keeper();
        endInVain(token);

        assertThat(here.userSessions().of("ann")).isEmpty();
        assertThat(here.userSessions().timeLeft(RowKey.of(token))).isEmpty();
        assertThat(here.signedInUsers().page(Optional.empty(), 10).users()).isEmpty();
        assertThat(here.edit(new LiveSession(token, sessions.active(token), TestSessions.START), MetadataEdits.NONE))
                .isEmpty();
        assertThat(onAnotherNode().userSessions().of("ann")).hasSize(1);
    }

    @Test
    void isEndedAtOnceWhenThatIsAskedForAgain() {
        endInVain(token);

        assertThat(sessions.keeper().userSessions().end("ann", token.session())).isTrue();

        assertThat(sessions.row(token)).containsInstanceOf(Revoked.class);
        assertThat(sessions.keeper().userSessions().end("ann", token.session())).isFalse();
        int before = sessions.cache().writes();
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
        assertThat(sessions.cache().writes()).as("no ending is left to retry").isEqualTo(before);
    }

    @Test
    void isEndedTogetherWithAllOthersOfItsUser() {
        endInVain(token);

        sessions.keeper().userSessions().endAll("ann");

        assertThat(sessions.row(token)).containsInstanceOf(Revoked.class);
    }

    @Test
    void takesUpNoPlace() {
        TestSessions single = new TestSessions("shop", TestSessions.limitedTo(1, SessionPolicy.PerUser.AtLimit.REFUSE));
        Token ended = single.begin("ann").token();
        single.twin().setBroken(true);
        assertThatThrownBy(() -> single.end(ended)).isInstanceOf(PosternException.class);
        single.twin().setBroken(false);

        assertThat(single.tryToBegin("ann")).isPresent();
    }

    @Test
    void isTriedAgainUntilItWorks() {
        endInVain(token);
        sessions.twin().setBroken(true);

        assertThat(sessions.keeper().endingRetrier("test").retry()).isFalse();
        assertThat(sessions.keeper().endingRetrier("test").retry()).isFalse();
        sessions.twin().setBroken(false);

        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
        assertThat(sessions.row(token)).containsInstanceOf(Revoked.class);
    }

    @Test
    void isForgottenWhenTheGridStaysAwayForTooLong() {
        endInVain(token);
        sessions.twin().setBroken(true);
        sessions.twin().pass(PendingEndings.KEPT.minus(TICK));
        assertThat(sessions.keeper().endingRetrier("test").retry()).isFalse();

        sessions.twin().pass(TICK);

        try (CapturedLog log = CapturedLog.of(PendingEndings.class.getName())) {
            assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
            assertThat(log.records())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getMessage())
                            .contains("may go on", token.session().text()));
        }
    }

    @Test
    @Tag("D6")
    void writesATombstoneAgainThatMayLackItsBackups() {
        endInVain(token);
        sessions.onAnotherNode().end(token, Ending.SIGNED_OUT);
        int before = sessions.cache().writes();

        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();

        assertThat(sessions.cache().writes()).isEqualTo(before + 1);
        assertThat(sessions.events(SessionEvent.Ended.class)).isEmpty();
    }

    @Test
    @Tag("D6")
    void isWrittenAgainWhereverTheClientRepeatsItsSignOut() {
        endInVain(token);
        sessions.onAnotherNode().end(token, Ending.SIGNED_OUT);
        int before = sessions.cache().writes();

        sessions.onAnotherNode().end(token, Ending.SIGNED_OUT);
        assertThat(sessions.cache().writes()).isEqualTo(before + 1);

        sessions.end(token);
        assertThat(sessions.cache().writes()).isEqualTo(before + 2);
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
        assertThat(sessions.events(SessionEvent.Ended.class)).isEmpty();
    }

    @Test
    @Tag("D7")
    void endsASessionThatReadsAsAbsent() {
        Token elsewhere = new TestSessions().begin("ann").token();
        endInVain(elsewhere);

        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();

        assertThat(sessions.row(elsewhere)).containsInstanceOf(Revoked.class);
    }

    @Test
    void signInOverItBeginsAnotherSession() {
        endInVain(token);

        LiveSession next = sessions.beginOver(token, "ann");

        assertThat(next.handle()).isNotEqualTo(token.session());
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
        sessions.live(next.token());
        assertThat(sessions.resume(token)).isInstanceOf(ResumeResult.Over.class);
    }

    @Test
    void sparesASessionInWhichTheUserHasSignedInAgainElsewhere() {
        endInVain(token);
        sessions.twin().pass(TICK);
        LiveSession again = sessions.onAnotherNode()
                .begin(new SignInRequest(TestSessions.user("ann"), false, Optional.of(token), draft -> {}))
                .orElseThrow();
        assertThat(again.handle()).isEqualTo(token.session());

        sessions.live(again.token());
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();

        sessions.live(again.token());
    }

    @Test
    void signInThatFailsEndsNothing() {
        sessions.cache().beforeNextWrite(() -> sessions.twin().setBroken(true));
        assertThatThrownBy(() -> sessions.beginOver(token, "bob")).isInstanceOf(PosternException.class);
        sessions.twin().setBroken(false);

        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();

        sessions.live(token);
    }

    @Test
    void isNotPendingWhereACopyMayHaveAskedForIt() {
        TestSessions rejecting = new TestSessions("shop", TestSessions.rejecting());
        Token kept = rejecting.begin("ann").token();
        rejecting.twin().setBroken(true);
        assertThatThrownBy(() -> rejecting.end(kept)).isInstanceOf(PosternException.class);
        rejecting.keeper().endLater(kept, Ending.SIGNED_OUT);
        rejecting.twin().setBroken(false);

        rejecting.live(kept);
    }

    @Test
    void oldestIsForgottenWhenThereAreTooMany() {
        PendingEndings pending = new PendingEndings();
        RowKey oldest = TestRows.key();
        pending.add(oldest, Ending.SIGNED_OUT, TestSessions.START);
        TestRows.keys(PendingEndings.MOST - 1).forEach(key -> pending.add(key, Ending.REVOKED, TestSessions.START));
        assertThat(pending.find(oldest)).isPresent();

        try (CapturedLog log = CapturedLog.of(PendingEndings.class.getName())) {
            pending.add(TestRows.key(), Ending.SIGNED_OUT, TestSessions.START);
            assertThat(log.records())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.getMessage()).contains("Given up: " + oldest));
        }

        assertThat(pending.find(oldest)).isEmpty();
        assertThat(pending.all()).hasSize(PendingEndings.MOST);
    }

    @Test
    void roundEndsSoonWhenNothingWorksAndTheNextOneBeginsWithTheOthers() {
        TestRows.keys(20).forEach(key -> endInVain(sessions.begin("ann").token()));
        sessions.twin().setBroken(true);
        int before = sessions.cache().reads();

        sessions.keeper().endingRetrier("test").retry();

        assertThat(sessions.cache().reads() - before).isEqualTo(4);
        sessions.twin().setBroken(false);
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
    }

    private SessionKeeper onAnotherNode() {
        return sessions.onAnotherNode();
    }

    private void endInVain(Token ended) {
        sessions.twin().setBroken(true);
        assertThatThrownBy(() -> sessions.end(ended)).isInstanceOf(PosternException.class);
        sessions.twin().setBroken(false);
    }

    @Test
    void hasRoomUntilThereAreAThousand() {
        PendingEndings pending = new PendingEndings();
        TestRows.keys(PendingEndings.MOST - 1).forEach(key -> pending.add(key, Ending.REVOKED, TestSessions.START));
        assertThat(pending.hasRoom()).isTrue();

        pending.add(TestRows.key(), Ending.REVOKED, TestSessions.START);
        assertThat(pending.hasRoom()).isFalse();
    }

    @Test
    void isRefusedHereAtOnceWhenItsEndIsNotWaitedFor() {
        sessions.keeper().endLater(token, Ending.SIGNED_OUT);

        assertThat(sessions.resume(token)).isEqualTo(OVER);
        assertThat(sessions.row(token)).containsInstanceOf(SessionRow.Active.class);
        assertThat(sessions.keeper().endingRetrier("test").retry()).isTrue();
        assertThat(sessions.row(token)).containsInstanceOf(Revoked.class);
    }
}
