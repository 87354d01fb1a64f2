package dev.postern.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The checker finds each fault that it is there for, in histories made by hand. */
class CheckerTest {

    private final List<Call> calls = new ArrayList<>();

    @Test
    void honestHistoryHasNothingToFind() {
        signIn("s1", "ada");
        page(Action.RESOURCE, "s1", 200, new Caller("ada", "ada", "s1"));
        page(Action.RESOURCE, "", 401, Caller.NOBODY);
        page(Action.OPEN, "", 200, Caller.NOBODY);
        signOut("s1", 204);
        page(Action.RESOURCE, "s1", 401, Caller.NOBODY);
        page(Action.OPEN, "s1", 200, Caller.NOBODY);

        assertThat(new Verdict(calls, List.of()).all()).isEmpty();
    }

    @Test
    void answerForAnotherUserOrAnotherSessionIsFound() {
        signIn("s1", "ada");
        page(Action.OPEN, "s1", 200, new Caller("ben", "ben", "s1"));
        page(Action.OPEN, "s1", 200, new Caller("ada", "ada", "s2"));
        page(Action.OPEN, "", 200, new Caller("ada", "ada", "s1"));

        assertThat(found(Finding.WRONG_USER)).hasSize(3);
    }

    @Test
    void containerThatNamesAnotherUserThanPosternIsFound() {
        signIn("s1", "ada");
        page(Action.OPEN, "s1", 200, new Caller("ada", "ben", "s1"));
        page(Action.OPEN, "", 200, new Caller("-", "ben", "-"));

        assertThat(found(Finding.WRONG_USER)).hasSize(2);
    }

    @Test
    void sessionThatAnswersAfterItsSignOutIsFound() {
        signIn("s1", "ada");
        signOut("s1", 204);
        page(Action.OPEN, "s1", 200, new Caller("ada", "ada", "s1"));

        assertThat(found(Finding.REVIVED)).hasSize(1);
    }

    @Test
    void signOutThatWasNotAcknowledgedAllowsBothAnswers() {
        signIn("s1", "ada");
        signOut("s1", 503);
        page(Action.RESOURCE, "s1", 200, new Caller("ada", "ada", "s1"));
        page(Action.RESOURCE, "s1", 401, Caller.NOBODY);

        assertThat(new Verdict(calls, List.of()).all()).hasSameElementsAs(found(Finding.UNAVAILABLE_503));
    }

    @Test
    void liveSessionThatIsRefusedIsFoundAndAtTheRollCallItIsLost() {
        signIn("s1", "ada");
        page(Action.RESOURCE, "s1", 401, Caller.NOBODY);
        page(Action.OPEN, "s1", 200, Caller.NOBODY);
        page(Action.RESOURCE, "s1", 403, Caller.NOBODY);
        page(Action.ROLL_CALL, "s1", 401, Caller.NOBODY);

        assertThat(found(Finding.UNKNOWN_401)).hasSize(2);
        assertThat(found(Finding.FORBIDDEN_403)).hasSize(1);
        assertThat(found(Finding.LOST)).hasSize(1);
    }

    @Test
    void tokenForSomebodyWithoutASessionIsFound() {
        page(Action.OPEN, "", new Answer(200, Caller.NOBODY, true));
        signIn("s1", "ada");
        page(Action.OPEN, "s1", new Answer(503, Caller.NOBODY, true));
        signOut("s1", 204);
        page(Action.OPEN, "s1", new Answer(401, Caller.NOBODY, true));

        assertThat(found(Finding.STRAY_TOKEN)).hasSize(2);
        assertThat(found(Finding.TOKEN_WITH_503)).hasSize(1);
    }

    @Test
    void failureOfANodeToWhichSomethingWasDoneIsNotElsewhere() {
        page(Action.OPEN, "", Answer.NONE);
        Call failed = calls.get(0);

        assertThat(elsewhere(new Mark("SIGKILL", 0, failed.startedAt(), failed.endedAt())))
                .isEmpty();
        assertThat(elsewhere(new Mark("SIGKILL", 1, failed.startedAt(), failed.endedAt())))
                .hasSize(1);
        assertThat(elsewhere(new Mark("SIGKILL", 0, failed.endedAt() + 1, failed.endedAt() + 2)))
                .hasSize(1);
    }

    private List<Call> elsewhere(Mark mark) {
        return new Verdict(calls, List.of(mark)).elsewhere(Finding.NO_ANSWER);
    }

    private List<Call> found(Finding finding) {
        return new Verdict(calls, List.of()).of(finding);
    }

    private void signIn(String session, String user) {
        add(new Asked(Action.SIGN_IN, 0, Asked.NOTHING, user), new Answer(201, new Caller(user, user, session), true));
    }

    private void signOut(String session, int status) {
        add(new Asked(Action.SIGN_OUT, 0, session, Asked.NOTHING), new Answer(status, Caller.NOBODY, false));
    }

    private void page(Action page, String session, int status, Caller caller) {
        page(page, session, new Answer(status, caller, false));
    }

    private void page(Action page, String session, Answer answer) {
        add(new Asked(page, 0, session, Asked.NOTHING), answer);
    }

    private void add(Asked asked, Answer answer) {
        long startedAt = 10L * calls.size();
        calls.add(new Call(asked, answer, startedAt, startedAt + 5));
    }
}
