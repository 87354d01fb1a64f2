package dev.postern.session;

import static dev.postern.session.TestSessions.TICK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.HalfWaySignIns.Found;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.HalfWay;
import dev.postern.session.token.HalfWayToken;
import dev.postern.session.token.Handle;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sign-ins that lack their second factor, over the twin. */
@Tag("S-17")
class HalfWaySignInsTest {

    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final TestSessions sessions = new TestSessions();
    private final HalfWaySignIns signIns = sessions.keeper().halfWaySignIns();

    @Test
    void knowItsUserUntilTheDeadlineOnEveryNode() {
        HalfWayToken token = begin().token();

        sessions.twin().pass(WITHIN.minus(TICK));
        HalfWay row = sessions.onAnotherNode()
                .halfWaySignIns()
                .find(token)
                .orElseThrow()
                .row();
        assertThat(row.user()).isEqualTo(TestSessions.user("ann"));
        assertThat(row.methods()).containsExactly("pwd");

        sessions.twin().pass(TICK);
        assertThat(signIns.find(token)).isEmpty();
    }

    @Test
    void areNoSessions() {
        Found begun = begin();
        String text = begun.token().reveal();

        assertThat(sessions.keeper().resume(text, TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Malformed.class);
        assertThat(sessions.keeper().recognise(text)).isEmpty();
        assertThat(signIns.recognise(sessions.begin("ann").token().reveal())).isEmpty();
        assertThat(signIns.recognise(text.substring(1) + "A")).isEmpty();
        assertThat(begun.token().toString()).doesNotContain(text.substring(20, 60));
        assertThat(sessions.events(SessionEvent.Created.class)).hasSize(1);
    }

    @Test
    void areInNoListAndCountForNoLimit() {
        begin();
        begin();

        assertThat(sessions.keeper().userSessions().of("ann")).isEmpty();
        assertThat(sessions.keeper().signedInUsers().page(Optional.empty(), 10).users())
                .isEmpty();
    }

    @Test
    void areKeptForAMomentLongerThanTheDeadline() {
        RowKey key = RowKey.halfWay(begin().token());

        assertThat(key.user()).isEmpty();
        sessions.twin().pass(WITHIN.plusMinutes(5).minus(TICK));
        assertThat(sessions.twin().read(key, TestSessions.soon())).isPresent();
        sessions.twin().pass(TICK);
        assertThat(sessions.twin().read(key, TestSessions.soon())).isEmpty();
    }

    @Test
    void areCompletedOnce() {
        Found begun = begin();

        assertThat(signIns.complete(begun)).isTrue();
        assertThat(signIns.complete(begun)).isFalse();
        assertThat(signIns.find(begun.token())).isEmpty();
        assertThat(signIns.attempt(begun)).isFalse();
    }

    @Test
    void haveFiveAttempts() {
        Found begun = begin();

        for (int tries = 1; tries <= HalfWay.MOST_ATTEMPTS; tries++) {
            assertThat(signIns.find(begun.token())).as("before %d", tries).isPresent();
            assertThat(signIns.attempt(begun)).as("%d", tries).isTrue();
        }

        assertThat(signIns.attempt(begun)).isFalse();
        assertThat(signIns.find(begun.token())).isEmpty();
        assertThat(signIns.complete(begun))
                .as("by the last attempt, which is right")
                .isTrue();
    }

    @Test
    void areOverAfterASignOut() {
        Found begun = begin();

        signIns.end(begun.token());
        signIns.end(begun.token());

        assertThat(signIns.find(begun.token())).isEmpty();
        assertThat(signIns.complete(begun)).isFalse();
    }

    @Test
    void areVoidOnceAllSessionsOfTheUserWereEnded() {
        Found begun = begin();

        sessions.keeper().userSessions().endAll("ann");

        assertThat(signIns.find(begun.token())).isEmpty();
        assertThatThrownBy(() -> sessions.keeper().begin(completing(begun)))
                .isInstanceOf(SignInOvertakenException.class);
        sessions.twin().pass(TICK);
        assertThat(signIns.find(begin().token())).isPresent();
    }

    @Test
    void areRefusedIfTheFirstFactorWasOvertaken() {
        SignInSnapshot before = sessions.keeper().start("ann");
        sessions.twin().pass(TICK);
        sessions.keeper().userSessions().endAll("ann");

        assertThatThrownBy(() -> signIns.begin(request(Optional.of(before)), WITHIN))
                .isInstanceOf(SignInOvertakenException.class);
        assertThat(sessions.events(SessionEvent.SignInOvertaken.class)).hasSize(1);
    }

    @Test
    void beginASessionThatIsAuthenticatedAtTheCompletion() {
        Found begun = begin();
        sessions.twin().pass(Duration.ofMinutes(4));

        LiveSession session = sessions.keeper()
                .begin(completing(signIns.find(begun.token()).orElseThrow()))
                .orElseThrow();

        assertThat(session.sinceAuthentication()).isZero();
    }

    @Test
    void brokenGridIsAnException() {
        Found begun = begin();
        sessions.twin().setBroken(true);

        assertThatThrownBy(() -> signIns.find(begun.token())).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> signIns.attempt(begun)).isInstanceOf(PosternException.class);
        assertThatThrownBy(() -> signIns.complete(begun)).isInstanceOf(PosternException.class);
        assertThatThrownBy(this::begin).isInstanceOf(PosternException.class);
        assertThat(signIns.recognise("no token of ours")).as("asks no grid").isEmpty();
    }

    @Test
    void isFoundUnderTheHashOfItsSecretAlone() {
        HalfWayToken token = begin().token();
        Handle user = sessions.mint().userHandle("ann");

        assertThat(RowKey.halfWay(token).text()).startsWith("half.").hasSize(48).doesNotContain(user.text());
        assertThat(token.user()).isEqualTo(user);
    }

    private Found begin() {
        return signIns.begin(request(Optional.empty()), WITHIN);
    }

    private static SignInRequest request(Optional<SignInSnapshot> start) {
        return new SignInRequest(TestSessions.user("ann"), Set.of("pwd"), false, Optional.empty(), draft -> {}, start);
    }

    private static SignInRequest completing(Found begun) {
        return request(Optional.of(begun.snapshot()));
    }
}
