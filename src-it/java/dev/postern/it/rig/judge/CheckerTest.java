package dev.postern.it.rig.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.rig.client.Answer;
import dev.postern.it.rig.client.Answer.Outcome;
import dev.postern.it.rig.client.NamedCaller;
import dev.postern.it.rig.client.Page;
import dev.postern.it.rig.client.Request;
import dev.postern.it.rig.client.Request.Kind;
import dev.postern.it.rig.judge.Apart.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The checker finds each invariant that is broken, and nothing in a history that is good. */
class CheckerTest {

    private static final Limits LIMITS =
            new Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(1));
    private static final Answer ANN = live("ann", "one");
    private static final Answer ANONYMOUS = new Answer(Outcome.REFUSED, "anonymous", NamedCaller.NOBODY, "");

    private final List<Call> calls = new ArrayList<>();
    private final List<Apart> aparts = new ArrayList<>();

    @Test
    void findsNothingInAGoodHistory() {
        begin("ann", "one");
        use(1000, "b", ANN);
        use(2000, "b", answer(Outcome.UNAVAILABLE));
        end(3000, "a", answer(Outcome.UNAVAILABLE));
        use(4000, "b", refused("OVER SIGNED_OUT"));
        end(5000, "c", answer(Outcome.ENDED));
        use(6000, "b", refused("OVER SIGNED_OUT"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void findsTheWrongUser() {
        begin("ann", "one");
        use(1000, "b", live("bob", "one"));

        assertThat(broken()).containsExactly(Invariant.I1);
    }

    @Test
    void findsASignInAsTheWrongUser() {
        call(new Request(Kind.BEGIN, Page.SESSION, "a", "ann", ""), 0, live("bob", "one"));

        assertThat(broken()).containsExactly(Invariant.I1);
    }

    @Test
    void findsAHandleGivenTwice() {
        begin("ann", "one");
        begin("ann", "one");

        assertThat(broken()).containsExactly(Invariant.I4);
    }

    @Test
    void findsTheWrongSession() {
        begin("ann", "one");
        use(1000, "b", live("ann", "other"));

        assertThat(broken()).containsExactly(Invariant.I4);
    }

    @Test
    void findsASignOutThatIsUndone() {
        begin("ann", "one");
        end(1000, "a", answer(Outcome.ENDED));
        use(2000, "b", ANN);

        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void letsARequestThatWasUnderWayAtTheSignOutIn() {
        begin("ann", "one");
        end(1000, "a", answer(Outcome.ENDED));
        use(1000, "b", ANN);

        assertThat(broken()).isEmpty();
    }

    @Test
    void letsTheOtherSideOfASplitInUntilTheRepair() {
        begin("ann", "one");
        split(500, 3000, false);
        end(1000, "a", answer(Outcome.ENDED));
        use(2000, "b", ANN);

        assertThat(broken()).isEmpty();
        use(3000, "b", ANN);
        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void findsASignOutThatTheSameSideForgets() {
        begin("ann", "one");
        split(500, 3000, false);
        end(1000, "b", answer(Outcome.ENDED));
        use(2000, "c", ANN);

        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void letsAnOpenNodeGoByTheRowsOfTheOthersUntilItsOwnAreMerged() {
        begin("ann", "one");
        split(500, 3000, true);
        end(1000, "b", answer(Outcome.ENDED));
        use(2600, "b", ANN);

        assertThat(broken()).isEmpty();
        use(2400, "b", ANN);
        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void findsASignOutThatAStrictNodeForgetsInAMerge() {
        begin("ann", "one");
        split(500, 3000, false);
        end(1000, "b", answer(Outcome.ENDED));
        use(2600, "b", ANN);

        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void findsASignOutFromBeforeTheSplitThatASideForgets() {
        begin("ann", "one");
        end(200, "a", answer(Outcome.ENDED));
        split(500, 3000, false);
        use(2000, "b", ANN);

        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void findsALostSession() {
        begin("ann", "one");
        use(1000, "b", refused("ABSENT"));

        assertThat(broken()).containsExactly(Invariant.I3);
    }

    @Test
    void findsASessionThatIsLostAfterASplit() {
        split(0, 3000, true);
        begin("ann", "one");
        use(1000, "b", refused("ABSENT"));

        assertThat(broken()).isEmpty();
        use(3001, "b", refused("ABSENT"));
        assertThat(broken()).containsExactly(Invariant.I3);
    }

    /** Over HTTP a node does not say more than that there is nobody. */
    @Test
    void letsAServerThatFindsNoSessionInASplitSaySoByItsStatusOrAnOpenPage() {
        split(0, 3000, true);
        begin("ann", "one");
        use(1000, "b", refused("401"));
        call(new Request(Kind.RESUME, Page.OPEN, "b", "ann", "one"), 1000, ANONYMOUS);

        assertThat(broken()).isEmpty();
        use(3001, "b", refused("401"));
        assertThat(broken()).containsExactly(Invariant.I3);
    }

    @Test
    void findsAnAbsentSessionOnAStrictNodeInASplit() {
        split(0, 3000, false);
        begin("ann", "one");
        use(1000, "b", refused("ABSENT"));

        assertThat(broken()).containsExactly(Invariant.I3);
    }

    @Test
    void findsASessionThatIsOverEarly() {
        begin("ann", "one");
        use(7000, "b", ANN);
        use(15_000, "b", refused("OVER EXPIRED"));

        assertThat(broken()).containsExactly(Invariant.I3);
    }

    @Test
    void findsASessionThatIsOverLate() {
        begin("ann", "one");
        use(11_100, "b", ANN);

        assertThat(broken()).containsExactly(Invariant.I6);
    }

    @Test
    void findsASessionThatOutlivesItsAbsoluteLimit() {
        begin("ann", "one");
        for (int second = 5; second < 70; second += 5) {
            use(second * 1000L, "b", ANN);
        }

        assertThat(broken()).containsExactly(Invariant.I6);
    }

    @Test
    void letsASessionEndWithItsLimits() {
        begin("ann", "one");
        use(9000, "b", ANN);
        use(19_500, "b", refused("OVER EXPIRED"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void findsAnErrorThatIsNotThatOfTheGrid() {
        begin("ann", "one");
        use(1000, "b", Answer.of(Outcome.FAILED, "java.lang.NullPointerException"));

        assertThat(broken()).containsExactly(Invariant.I7);
    }

    @Test
    void findsAGoodTokenThatIsTakenForAForgedOne() {
        begin("ann", "one");
        use(1000, "b", refused("MALFORMED"));

        assertThat(broken()).contains(Invariant.I7);
    }

    @Test
    void findsAFalseTheft() {
        begin("ann", "one");
        use(1000, "b", refused("REUSED"));
        use(2000, "b", refused("OVER REUSED"));

        assertThat(broken()).contains(Invariant.I12).hasSize(4);
    }

    @Test
    void findsACopyThatIsAcceptedAndASessionThatOutlivesOneThatWasFound() {
        begin("ann", "one");
        copy(1000, "b", ANN);
        copy(2000, "b", refused("REUSED"));
        use(3000, "a", ANN);

        assertThat(broken()).containsExactly(Invariant.I5, Invariant.I2);
    }

    @Test
    void knowsThatAThiefEndsTheSession() {
        begin("ann", "one");
        copy(1000, "b", refused("REUSED"));
        use(2000, "a", refused("OVER REUSED"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void excusesACopyOnANodeThatWasCutOff() {
        begin("ann", "one");
        split(500, 9000, false);
        copy(1000, "b", ANN);

        assertThat(broken()).isEmpty();
    }

    @Test
    void strictNodesAreExcusedOnlyUntilTheyMustHaveNoticed() {
        begin("ann", "one");
        split(500, 9000, false);
        end(1000, "b", answer(Outcome.ENDED));
        use(2000, "a", ANN);
        use(8200, "a", ANN);

        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void findsAContainerThatNamesAnotherUserThanPostern() {
        begin("ann", "one");
        read(Page.OPEN, "one", live(new NamedCaller("ann", "bob", "one")));
        read(Page.OPEN, "", live(new NamedCaller("-", "bob", "-")));

        assertThat(broken()).containsExactly(Invariant.I1, Invariant.I1);
    }

    @Test
    void findsAPageThatNamesSomebodyToAClientWithoutASession() {
        begin("ann", "one");
        read(Page.OPEN, "", ANN);

        assertThat(broken()).containsExactly(Invariant.I1);
    }

    @Test
    void findsAGuardedPageForNobody() {
        read(Page.RESOURCE, "", ANONYMOUS);

        assertThat(broken()).containsExactly(Invariant.I1);
    }

    @Test
    void letsPagesForAllBeAnonymousAndGuardedOnesRefuse() {
        read(Page.OPEN, "", ANONYMOUS);
        read(Page.RESOURCE, "", refused("401"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void findsAPageForAllThatRefuses() {
        read(Page.OPEN, "", refused("401"));
        end(0, "a", refused("401"));

        assertThat(broken()).containsExactly(Invariant.I3, Invariant.I3);
    }

    @Test
    void findsALiveSessionThatMeetsAnAnonymousPage() {
        begin("ann", "one");
        read(Page.OPEN, "one", ANONYMOUS);

        assertThat(broken()).containsExactly(Invariant.I3);
    }

    @Test
    void findsAUserWhoIsForbidden() {
        begin("ann", "one");
        use(1000, "b", refused("403"));

        assertThat(broken()).containsExactly(Invariant.FORBIDDEN);
    }

    @Test
    void findsATokenForAClientWithoutASession() {
        read(Page.OPEN, "", withToken(ANONYMOUS));

        assertThat(broken()).containsExactly(Invariant.TOKEN);
    }

    @Test
    void findsATokenForASessionThatIsOver() {
        begin("ann", "one");
        use(500, "b", withToken(ANN));
        end(1000, "a", answer(Outcome.ENDED));
        use(2000, "b", withToken(refused("401")));

        assertThat(broken()).containsExactly(Invariant.TOKEN);
    }

    @Test
    void findsATokenFromANodeThatCannotSay() {
        begin("ann", "one");
        use(1000, "b", withToken(answer(Outcome.UNAVAILABLE)));

        assertThat(broken()).containsExactly(Invariant.TOKEN);
    }

    @Test
    void knowsThatASignInEndsTheSessionThatWasPresented() {
        begin("ann", "one");
        call(new Request(Kind.BEGIN, Page.SESSION, "a", "bob", "one"), 1000, live("bob", "two"));
        use(2000, "b", refused("401"));

        assertThat(broken()).isEmpty();
        use(3000, "b", ANN);
        assertThat(broken()).containsExactly(Invariant.I2);
    }

    @Test
    void knowsThatASignInWithoutAnAnswerMayHaveEndedTheSession() {
        begin("ann", "one");
        call(new Request(Kind.BEGIN, Page.SESSION, "a", "bob", "one"), 1000, Answer.NONE);
        use(2000, "b", refused("401"));
        use(3000, "b", ANN);

        assertThat(broken()).isEmpty();
    }

    @Test
    void failureOfANodeToWhichSomethingWasDoneIsNotElsewhere() {
        begin("ann", "one");
        use(1000, "b", Answer.NONE);

        assertThat(elsewhere(new Mark("SIGKILL", "b", nanos(900), nanos(1000)))).isEmpty();
        assertThat(elsewhere(new Mark("SIGKILL", "c", nanos(900), nanos(1000)))).hasSize(1);
        assertThat(elsewhere(new Mark("SIGKILL", "b", nanos(1006), nanos(2000))))
                .hasSize(1);
    }

    private List<Call> elsewhere(Mark mark) {
        return new Tally(calls, List.of(), List.of(mark)).elsewhere(Call::isFailure);
    }

    private List<Invariant> broken() {
        return new Checker(LIMITS)
                .check(calls, aparts).stream().map(Finding::invariant).toList();
    }

    private void begin(String user, String handle) {
        call(new Request(Kind.BEGIN, Page.SESSION, "a", user, ""), 0, live(user, handle));
    }

    private void use(long millis, String node, Answer answer) {
        call(new Request(Kind.RESUME, Page.RESOURCE, node, "ann", "one"), millis, answer);
    }

    private void read(Page page, String handle, Answer answer) {
        call(new Request(Kind.RESUME, page, "a", "", handle), 1000, answer);
    }

    private void copy(long millis, String node, Answer answer) {
        call(new Request(Kind.COPY, Page.RESOURCE, node, "ann", "one"), millis, answer);
    }

    private void end(long millis, String node, Answer answer) {
        call(new Request(Kind.END, Page.SESSION, node, "ann", "one"), millis, answer);
    }

    /** Node a on one side, b and c on the other. */
    private void split(long from, long to, boolean isOpen) {
        aparts.add(new Apart(
                new Span(nanos(from), nanos(to - 1000), nanos(to - 500), nanos(to)),
                List.of(Set.of("a"), Set.of("b", "c")),
                isOpen));
    }

    private void call(Request request, long millis, Answer answer) {
        calls.add(new Call(request, nanos(millis), nanos(millis + 5), answer));
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private static Answer live(String user, String handle) {
        return live(new NamedCaller(user, user, handle));
    }

    private static Answer live(NamedCaller caller) {
        return new Answer(Outcome.LIVE, "", caller, "");
    }

    private static Answer answer(Outcome outcome) {
        return Answer.of(outcome, "");
    }

    private static Answer withToken(Answer answer) {
        return new Answer(answer.outcome(), answer.reason(), answer.caller(), "token");
    }

    private static Answer refused(String reason) {
        return Answer.of(Outcome.REFUSED, reason);
    }
}
