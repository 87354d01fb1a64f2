package dev.postern.histories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;

/**
 * What holds in every history. How many are tried is the setting {@code jqwik.tries.default}: {@code mvn -Pnightly verify} tries
 * many more. A failure shows its seed and the shortest history that still fails.
 */
class SessionHistoriesTest {

    private static final Logger EVENTS = Logger.getLogger("dev.postern.events");
    private static final int STEPS = 60;

    /**
     * A quarter of an hour until the next renewal, and a minute each until it is asked for and comes into use. Where
     * two offers crossed, an offer's life until the overtaken one has returned, and a minute each for that and for the
     * one it is offered. Then the four graces in which a token is only late, and a minute until it comes.
     */
    private static final Duration FOUND_WITHIN = Duration.ofMinutes(25);

    /** It takes another offer of its own out once it is refused, and so the owner's place; then that is found. */
    private static final Duration HOARDERS_FOUND_WITHIN = Duration.ofMinutes(30);

    @BeforeContainer
    static void keepTheLogShort() {
        EVENTS.setLevel(Level.OFF);
    }

    @AfterContainer
    static void logAgain() {
        EVENTS.setLevel(null);
    }

    @Property
    @Tag("I4")
    @Tag("I5")
    @Tag("I6")
    @Tag("I12")
    @Tag("X-19")
    void ownersAreNeverOutBeforeTheDeadlinesWhateverTheGridDoes(
            @ForAll("browsers") ActionChain<SessionHistory> history) {
        history.run();
    }

    @Property
    @Tag("I2")
    @Tag("I8")
    @Tag("H-07")
    void nothingRevivesWhatItsOwnerEnded(@ForAll("endings") ActionChain<SessionHistory> history) {
        history.run();
    }

    @Property
    @Tag("X-33")
    void clientsThatTakeNoCookieAreNeverOutEither(@ForAll("simpleClients") ActionChain<SessionHistory> history) {
        history.run();
    }

    @Property
    @Tag("I12")
    @Tag("H-16")
    void nobodyIsAThiefBecauseTheClockJumpsOrSignInsCross(@ForAll("jumps") ActionChain<SessionHistory> history) {
        history.run();
    }

    @Property
    @Tag("G9")
    void copiesAreFoundHoweverOftenTheSecretIsRenewed(@ForAll("hurriedThefts") ActionChain<SessionHistory> history) {
        SessionHistory end = history.run();
        Duration found = end.goOnUntilFound(Habit.KEEPS, FOUND_WITHIN.plusMinutes(1));
        assertThat(found).isLessThanOrEqualTo(FOUND_WITHIN);
    }

    @Property
    @Tag("G9")
    void copiesInUseBesideTheirOwnersAreAlwaysFound(@ForAll("thefts") ActionChain<SessionHistory> history) {
        SessionHistory end = history.run();
        Duration found = end.goOnUntilFound(Habit.KEEPS, FOUND_WITHIN.plusMinutes(1));
        assertThat(found).isLessThanOrEqualTo(FOUND_WITHIN);
    }

    @Property
    @Tag("A4")
    @Tag("G9")
    void copiesWhoseHoldersTakeEveryOfferAndUseNoneAreFoundToo(
            @ForAll("offerTakers") ActionChain<SessionHistory> history) {
        SessionHistory end = history.run();
        Duration found = end.goOnUntilFound(Habit.IGNORES, FOUND_WITHIN.plusMinutes(1));
        assertThat(found).isLessThanOrEqualTo(FOUND_WITHIN);
    }

    @Property
    @Tag("A4")
    @Tag("G9")
    void copiesWhoseHoldersPutOffersAsideAreFoundToo(@ForAll("hoarders") ActionChain<SessionHistory> history) {
        SessionHistory end = history.run();
        Duration found = end.goOnUntilFound(Habit.HOARDS, HOARDERS_FOUND_WITHIN.plusMinutes(1));
        assertThat(found).isLessThanOrEqualTo(HOARDERS_FOUND_WITHIN);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> offerTakers() {
        return theft(SessionHistory::ofBrowser, Habit.IGNORES);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> hoarders() {
        return theft(SessionHistory::ofBrowser, Habit.HOARDS);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> browsers() {
        return honest(SessionHistory::ofBrowser);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> simpleClients() {
        return honest(SessionHistory::ofSimpleClient);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> endings() {
        return always(SessionHistory::ofBrowser)
                .withAction(1, new Actions.CalmSignIn())
                .withAction(1, new Actions.RollBack())
                .withAction(1, new Actions.SignOut())
                .withMaxTransformations(STEPS);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> jumps() {
        return ActionChain.startWith(SessionHistory::ofBrowser)
                .withAction(8, new Actions.Pass())
                .withAction(8, new Actions.Browse())
                .withAction(3, new Actions.SignIn())
                .withAction(1, new Actions.Poll())
                .withAction(2, new Actions.Misbehave())
                .withAction(1, new Actions.Jump())
                .withMaxTransformations(STEPS);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> thefts() {
        return theft(SessionHistory::ofBrowser, Habit.KEEPS);
    }

    @Provide
    Arbitrary<ActionChain<SessionHistory>> hurriedThefts() {
        return theft(SessionHistory::ofHurriedBrowser, Habit.KEEPS);
    }

    /** A merge that takes a sign-in back while its answer crosses others can cost its owner the session: not both at once. */
    private static Arbitrary<ActionChain<SessionHistory>> theft(Supplier<SessionHistory> start, Habit habit) {
        return Arbitraries.oneOf(
                always(start)
                        .withAction(3, new Actions.Steal(habit))
                        .withAction(1, new Actions.SignIn())
                        .withMaxTransformations(STEPS),
                always(start)
                        .withAction(3, new Actions.Steal(habit))
                        .withAction(1, new Actions.CalmSignIn())
                        .withAction(1, new Actions.RollBack())
                        .withMaxTransformations(STEPS));
    }

    private static ActionChainArbitrary<SessionHistory> honest(Supplier<SessionHistory> start) {
        return always(start)
                .withAction(2, new Actions.CalmSignIn())
                .withAction(1, new Actions.RollBack())
                .withAction(1, new Actions.Forge())
                .withMaxTransformations(STEPS);
    }

    private static ActionChainArbitrary<SessionHistory> always(Supplier<SessionHistory> start) {
        return ActionChain.startWith(start)
                .withAction(8, new Actions.Pass())
                .withAction(8, new Actions.Browse())
                .withAction(1, new Actions.Poll())
                .withAction(3, new Actions.Misbehave());
    }
}
