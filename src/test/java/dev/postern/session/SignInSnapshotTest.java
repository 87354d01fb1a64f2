package dev.postern.session;

import static dev.postern.session.TestSessions.START;
import static dev.postern.session.TestSessions.TICK;
import static dev.postern.session.TestSessions.TOUCH;
import static dev.postern.session.TestSessions.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.SessionEvent.SignInOvertaken;
import dev.postern.session.listing.UserSessions;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.token.Token;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user whose sessions are all ended while an identity store still looks at a password. */
@Tag("A3")
@Tag("H-14")
class SignInSnapshotTest {

    private static final Duration SLOW = Duration.ofSeconds(3);

    private final TestSessions sessions = new TestSessions();
    private final UserSessions userSessions = sessions.keeper().userSessions();

    @Test
    void allEndedSinceTheStartRefusesTheSignIn() {
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.twin().pass(SLOW);
        userSessions.endAll("ann");
        sessions.twin().pass(SLOW);

        assertThatThrownBy(() -> begin(start, "ann")).isInstanceOf(SignInOvertakenException.class);

        assertThat(userSessions.of("ann")).isEmpty();
        assertThat(sessions.events())
                .containsExactly(new SignInOvertaken("ann", sessions.twin().now()));
    }

    /** The clock may go back between the two, and no session has been authenticated before it began. */
    @Test
    @Tag("H-16")
    void userIsAuthenticatedWhenTheSignInStartedButNoLaterThanTheSessionBegan() {
        Optional<SignInSnapshot> start = Optional.of(sessions.keeper().start("ann"));

        assertThat(SignInSnapshot.authenticatedAt(start, START.plus(TICK))).isEqualTo(START);
        assertThat(SignInSnapshot.authenticatedAt(start, START.minus(TICK))).isEqualTo(START.minus(TICK));
        assertThat(SignInSnapshot.authenticatedAt(Optional.empty(), START)).isEqualTo(START);
    }

    @Test
    void allEndedInTheVeryMomentOfTheStartRefusesTheSignIn() {
        SignInSnapshot start = sessions.keeper().start("ann");
        userSessions.endAll("ann");

        assertThatThrownBy(() -> begin(start, "ann")).isInstanceOf(SignInOvertakenException.class);
    }

    @Test
    void startAfterAllWereEndedInTheSameMomentIsGood() {
        userSessions.endAll("ann");
        SignInSnapshot start = sessions.keeper().start("ann");

        Token token = begin(start, "ann").token();

        sessions.twin().pass(TOUCH);
        sessions.live(token);
    }

    @Test
    void allEndedBySomebodyWhoseClockIsBehindRefusesTheSignIn() {
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.twin().jump(Duration.ofMinutes(-5));
        userSessions.endAll("ann");

        assertThatThrownBy(() -> begin(start, "ann")).isInstanceOf(SignInOvertakenException.class);
    }

    @Test
    @Tag("H-16")
    void epochAheadOfTheClockKeepsNobodyOut() {
        byte[] ahead = sessions.codec()
                .encode(
                        RowKey.epoch(sessions.mint().userHandle("ann")),
                        new SessionRow.Epoch(START.plus(SLOW), Optional.empty()));
        sessions.twin().create(RowKey.epoch(sessions.mint().userHandle("ann")), ahead, soon());
        SignInSnapshot start = sessions.keeper().start("ann");

        assertThat(begin(start, "ann").row().times().created()).isEqualTo(START.plus(SLOW));
    }

    @Test
    void othersEndedSinceTheStartRefuseTheSignInToo() {
        LiveSession mine = sessions.begin("ann");
        SignInSnapshot start = sessions.keeper().start("ann");
        userSessions.endOthers("ann", mine.handle());

        assertThatThrownBy(() -> begin(start, "ann")).isInstanceOf(SignInOvertakenException.class);
        assertThatThrownBy(() -> beginOver(start, mine.token())).isInstanceOf(SignInOvertakenException.class);

        sessions.live(mine.token());
    }

    @Test
    void timesDecideWhereTheStoreHasFoundAnother() {
        SignInSnapshot before = sessions.keeper().start("ann@example.com");
        userSessions.endAll("ann");
        SignInSnapshot between = sessions.keeper().start("ann@example.com");
        sessions.twin().pass(TICK);
        SignInSnapshot after = sessions.keeper().start("ann@example.com");

        assertThatThrownBy(() -> begin(before, "ann")).isInstanceOf(SignInOvertakenException.class);
        assertThatThrownBy(() -> begin(between, "ann")).isInstanceOf(SignInOvertakenException.class);
        begin(after, "ann");
    }

    @Test
    void everySpellingIsTheSameUser() {
        SignInSnapshot start = sessions.keeper().start("ANN");
        sessions.twin().jump(Duration.ofMinutes(-5));
        userSessions.endAll("ann");

        assertThatThrownBy(() -> begin(start, "Ann")).isInstanceOf(SignInOvertakenException.class);
    }

    @Test
    void sessionsOfOthersThatEndDoNotMatter() {
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.twin().pass(SLOW);
        userSessions.endAll("bob");

        sessions.live(begin(start, "ann").token());
    }

    @Test
    void signInOverALiveSessionIsRefusedToo() {
        Token token = sessions.begin("ann").token();
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.twin().pass(SLOW);
        userSessions.endAll("ann");

        assertThatThrownBy(() -> beginOver(start, token)).isInstanceOf(SignInOvertakenException.class);

        assertThat(sessions.resume(token)).isEqualTo(new ResumeResult.Over(Ending.REVOKED));
        assertThat(userSessions.of("ann")).isEmpty();
    }

    /** The list was made before the session was there. */
    @Test
    void sessionThatIsWrittenWhileAllAreEndedEndsAtOnce() {
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.cache().beforeNextWrite(() -> userSessions.endAll("ann"));

        assertThatThrownBy(() -> begin(start, "ann")).isInstanceOf(SignInOvertakenException.class);

        assertThat(sessions.keeper().signedInUsers().count().sessions()).isZero();
        assertThat(sessions.twin()
                        .rowsOf(sessions.mint().userHandle("ann"), soon())
                        .entrySet())
                .filteredOn(row -> row.getKey().session().isPresent())
                .allMatch(row ->
                        sessions.codec().decode(row.getKey(), row.getValue()).orElseThrow()
                                instanceof SessionRow.Revoked)
                .hasSize(1);
    }

    @Test
    void sessionOfAProvenUserThatIsWrittenWhileAllAreEndedEndsToo() {
        sessions.cache().beforeNextWrite(() -> userSessions.endAll("ann"));

        assertThatThrownBy(() -> sessions.begin("ann")).isInstanceOf(SignInOvertakenException.class);

        assertThat(userSessions.of("ann")).isEmpty();
    }

    @Test
    void signInOverASessionThatEndsWithAllOthersMeanwhileIsRefused() {
        Token token = sessions.begin("ann").token();
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.cache().hide(RowKey.of(token));
        sessions.cache().beforeNextWrite(() -> userSessions.endAll("ann"));

        assertThatThrownBy(() -> beginOver(start, token)).isInstanceOf(SignInOvertakenException.class);

        assertThat(sessions.row(token).orElseThrow()).isInstanceOf(SessionRow.Revoked.class);
    }

    @Test
    @Tag("S-16")
    void userProvedWhoTheyAreWhenTheStoreWasAsked() {
        SignInSnapshot start = sessions.keeper().start("ann");
        sessions.twin().pass(SLOW);

        LiveSession begun = begin(start, "ann");
        assertThat(begun.row().times().authenticated()).isEqualTo(START);
        assertThat(begun.row().times().created()).isEqualTo(START.plus(SLOW));
        assertThat(begun.sinceAuthentication()).isEqualTo(SLOW);

        SignInSnapshot again = sessions.keeper().start("ann");
        sessions.twin().pass(SLOW);
        assertThat(beginOver(again, begun.token()).row().times().authenticated())
                .isEqualTo(START.plus(SLOW));
    }

    private LiveSession begin(SignInSnapshot start, String name) {
        return begin(start, name, Optional.empty());
    }

    private LiveSession beginOver(SignInSnapshot start, Token presented) {
        return begin(start, "ann", Optional.of(presented));
    }

    private LiveSession begin(SignInSnapshot start, String name, Optional<Token> presented) {
        return sessions.keeper()
                .begin(new SignInRequest(
                        TestSessions.user(name), Set.of(), false, presented, draft -> {}, Optional.of(start)))
                .orElseThrow();
    }
}
