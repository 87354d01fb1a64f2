package dev.postern.histories;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/**
 * Sign-ins whose identity store takes its time, and sign-outs everywhere that come before, between and within them: at
 * any call of the grid.
 */
class SignInsMeanwhileTest {

    private static final Logger EVENTS = Logger.getLogger("dev.postern.events");
    private static final int MOST_CALLS = 12;

    @BeforeContainer
    static void keepTheLogShort() {
        EVENTS.setLevel(Level.OFF);
    }

    @AfterContainer
    static void logAgain() {
        EVENTS.setLevel(null);
    }

    @Property
    @Tag("A3")
    @Tag("H-14")
    @Tag("I14")
    void aSignInThatBeganBeforeAllWereEndedNeverLeavesALiveSession(@ForAll("evenly") List<Step> steps) {
        SignInDesk desk = new SignInDesk();
        steps.forEach(step -> step.in(desk));

        desk.requireOutdatedOnesToBeOver();
        desk.requireOthersToLive();
    }

    @Property
    @Tag("A3")
    @Tag("H-16")
    void norWhenTheClockJumps(@ForAll("withJumps") List<Step> steps) {
        SignInDesk desk = new SignInDesk();
        steps.forEach(step -> step.in(desk));

        desk.requireOutdatedOnesToBeOver();
    }

    /** Or the other properties would look at nothing. */
    @Property
    void someAreOvertakenAndSomeAreNot(@ForAll("evenly") List<Step> steps) {
        SignInDesk desk = new SignInDesk();
        steps.forEach(step -> step.in(desk));

        Statistics.label("overtaken").collect(desk.overtaken() > 0).coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 20);
            coverage.check(false).percentage(share -> share > 5);
        });
    }

    /** What happens next. */
    record Step(Kind kind, int number) {

        enum Kind {
            /** A store begins to look at a password. */
            START,
            /** It answers that the password was right. */
            SIGN_IN,
            /** The same, over the session that began last. */
            SIGN_IN_AGAIN,
            /** All sessions are ended. */
            END_ALL,
            /** The same, at the call of the grid with the number, within what comes next. */
            END_ALL_WITHIN,
            PASS,
            JUMP
        }

        void in(SignInDesk desk) {
            switch (kind) {
                case START -> desk.start();
                case SIGN_IN -> desk.signIn(false);
                case SIGN_IN_AGAIN -> desk.signIn(true);
                case END_ALL -> desk.endAll();
                case END_ALL_WITHIN -> desk.endAllAtCall(1 + Math.abs(number) % MOST_CALLS);
                case PASS -> desk.pass(Math.abs(number) % 3000);
                case JUMP -> desk.jump(number % 400);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> evenly() {
        return steps(0);
    }

    @Provide
    Arbitrary<List<Step>> withJumps() {
        return steps(3);
    }

    private static Arbitrary<List<Step>> steps(int jumps) {
        Arbitrary<Step.Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Step.Kind.START),
                Tuple.of(5, Step.Kind.SIGN_IN),
                Tuple.of(2, Step.Kind.SIGN_IN_AGAIN),
                Tuple.of(2, Step.Kind.END_ALL),
                Tuple.of(3, Step.Kind.END_ALL_WITHIN),
                Tuple.of(3, Step.Kind.PASS),
                Tuple.of(jumps, Step.Kind.JUMP));
        return Combinators.combine(kinds, Arbitraries.integers().between(-100_000, 100_000))
                .as(Step::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(40);
    }
}
