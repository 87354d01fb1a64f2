package dev.postern.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.it.faults.Answer.Outcome;
import dev.postern.it.faults.Apart.Span;
import dev.postern.it.faults.Request.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The checker of the fault rig finds each invariant that is broken, and nothing in a history that is good. */
class CheckerTest {

    private static final Checker.Limits LIMITS =
            new Checker.Limits(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(1));
    private static final Answer ANN = live("ann", "one");

    private final List<Call> calls = new ArrayList<>();
    private final List<Apart> aparts = new ArrayList<>();

    @Test
    void findsNothingInAGoodHistory() {
        begin("ann", "one");
        use(1000, "b", ANN);
        use(2000, "b", answer(Outcome.UNAVAILABLE));
        end(3000, "a", answer(Outcome.UNAVAILABLE));
        use(4000, "b", answer(Outcome.OVER, "SIGNED_OUT"));
        end(5000, "c", answer(Outcome.ENDED));
        use(6000, "b", answer(Outcome.OVER, "SIGNED_OUT"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void findsTheWrongUser() {
        begin("ann", "one");
        use(1000, "b", live("bob", "one"));

        assertThat(broken()).containsExactly("I1");
    }

    @Test
    void findsASignInAsTheWrongUser() {
        call(new Request(Kind.BEGIN, "a", "ann", ""), 0, live("bob", "one"));

        assertThat(broken()).containsExactly("I1");
    }

    @Test
    void findsAHandleGivenTwice() {
        begin("ann", "one");
        begin("ann", "one");

        assertThat(broken()).containsExactly("I4");
    }

    @Test
    void findsTheWrongSession() {
        begin("ann", "one");
        use(1000, "b", live("ann", "other"));

        assertThat(broken()).containsExactly("I4");
    }

    @Test
    void findsASignOutThatIsUndone() {
        begin("ann", "one");
        end(1000, "a", answer(Outcome.ENDED));
        use(2000, "b", ANN);

        assertThat(broken()).containsExactly("I2");
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
        assertThat(broken()).containsExactly("I2");
    }

    @Test
    void findsASignOutThatTheSameSideForgets() {
        begin("ann", "one");
        split(500, 3000, false);
        end(1000, "b", answer(Outcome.ENDED));
        use(2000, "c", ANN);

        assertThat(broken()).containsExactly("I2");
    }

    @Test
    void letsAnOpenNodeGoByTheRowsOfTheOthersUntilItsOwnAreMerged() {
        begin("ann", "one");
        split(500, 3000, true);
        end(1000, "b", answer(Outcome.ENDED));
        use(2600, "b", ANN);

        assertThat(broken()).isEmpty();
        use(2400, "b", ANN);
        assertThat(broken()).containsExactly("I2");
    }

    @Test
    void findsASignOutThatAStrictNodeForgetsInAMerge() {
        begin("ann", "one");
        split(500, 3000, false);
        end(1000, "b", answer(Outcome.ENDED));
        use(2600, "b", ANN);

        assertThat(broken()).containsExactly("I2");
    }

    @Test
    void findsASignOutFromBeforeTheSplitThatASideForgets() {
        begin("ann", "one");
        end(200, "a", answer(Outcome.ENDED));
        split(500, 3000, false);
        use(2000, "b", ANN);

        assertThat(broken()).containsExactly("I2");
    }

    @Test
    void findsALostSession() {
        begin("ann", "one");
        use(1000, "b", answer(Outcome.ABSENT));

        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void findsASessionThatIsLostAfterASplit() {
        split(0, 3000, true);
        begin("ann", "one");
        use(1000, "b", answer(Outcome.ABSENT));

        assertThat(broken()).isEmpty();
        use(3001, "b", answer(Outcome.ABSENT));
        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void findsAnAbsentSessionOnAStrictNodeInASplit() {
        split(0, 3000, false);
        begin("ann", "one");
        use(1000, "b", answer(Outcome.ABSENT));

        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void findsASessionThatIsOverEarly() {
        begin("ann", "one");
        use(7000, "b", ANN);
        use(15_000, "b", answer(Outcome.OVER, "EXPIRED"));

        assertThat(broken()).containsExactly("I3");
    }

    @Test
    void findsASessionThatIsOverLate() {
        begin("ann", "one");
        use(11_100, "b", ANN);

        assertThat(broken()).containsExactly("I6");
    }

    @Test
    void findsASessionThatOutlivesItsAbsoluteLimit() {
        begin("ann", "one");
        for (int second = 5; second < 70; second += 5) {
            use(second * 1000L, "b", ANN);
        }

        assertThat(broken()).containsExactly("I6");
    }

    @Test
    void letsASessionEndWithItsLimits() {
        begin("ann", "one");
        use(9000, "b", ANN);
        use(19_500, "b", answer(Outcome.OVER, "EXPIRED"));

        assertThat(broken()).isEmpty();
    }

    @Test
    void findsAnErrorThatIsNotThatOfTheGrid() {
        begin("ann", "one");
        use(1000, "b", answer(Outcome.FAILED, "java.lang.NullPointerException"));

        assertThat(broken()).containsExactly("I7");
    }

    @Test
    void findsAGoodTokenThatIsTakenForAForgedOne() {
        begin("ann", "one");
        use(1000, "b", answer(Outcome.MALFORMED));

        assertThat(broken()).contains("I7");
    }

    @Test
    void findsAFalseTheft() {
        begin("ann", "one");
        use(1000, "b", answer(Outcome.REUSED));
        use(2000, "b", answer(Outcome.OVER, "REUSED"));

        assertThat(broken()).contains("I12").hasSize(4);
    }

    @Test
    void findsACopyThatIsAcceptedAndASessionThatOutlivesOneThatWasFound() {
        begin("ann", "one");
        copy(1000, "b", ANN);
        copy(2000, "b", answer(Outcome.REUSED));
        use(3000, "a", ANN);

        assertThat(broken()).containsExactly("I5", "I2");
    }

    @Test
    void knowsThatAThiefEndsTheSession() {
        begin("ann", "one");
        copy(1000, "b", answer(Outcome.REUSED));
        use(2000, "a", answer(Outcome.OVER, "REUSED"));

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

        assertThat(broken()).containsExactly("I2");
    }

    private List<String> broken() {
        return new Checker(LIMITS)
                .check(calls, aparts).stream().map(Finding::invariant).toList();
    }

    private void begin(String user, String handle) {
        call(new Request(Kind.BEGIN, "a", user, ""), 0, live(user, handle));
    }

    private void use(long millis, String node, Answer answer) {
        call(new Request(Kind.RESUME, node, "ann", "one"), millis, answer);
    }

    private void copy(long millis, String node, Answer answer) {
        call(new Request(Kind.COPY, node, "ann", "one"), millis, answer);
    }

    private void end(long millis, String node, Answer answer) {
        call(new Request(Kind.END, node, "ann", "one"), millis, answer);
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
        return answer(Outcome.LIVE, user, handle, "-");
    }

    private static Answer answer(Outcome outcome, String... words) {
        return new Answer(outcome, List.of(words), 1);
    }
}
