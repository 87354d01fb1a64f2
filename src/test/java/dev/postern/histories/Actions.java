package dev.postern.histories;

import dev.postern.session.generation.RequestSource;
import dev.postern.session.token.ClientHash;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.Transformer;

/** What can happen next in a history. */
final class Actions {

    /** Every way takes less than the grace: that is what the promises to owners ask for. */
    private static final int LONGEST_WAY = (int) World.GRACE.toMillis() - 1;

    private Actions() {}

    /** A trip: mostly quick, now and then as slow as may be; one answer in five is lost. */
    static Arbitrary<Trip> trips() {
        Arbitrary<Integer> way = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 300)),
                Tuple.of(1, Arbitraries.integers().between(0, LONGEST_WAY)));
        return Combinators.combine(way, way, Arbitraries.integers().between(1, 5), origins())
                .as((out, back, dice, origin) ->
                        Trip.millis(out, back, dice == 1).from(origin.client(), origin.isDrawn()));
    }

    /** The same client mostly, now and then one of a few others, or one that chance has drawn. */
    private static Arbitrary<RequestSource> origins() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(3, Arbitraries.just(1L)),
                                Tuple.of(1, Arbitraries.longs().between(1, 6))),
                        Arbitraries.integers().between(1, 6))
                .as((client, dice) -> new RequestSource(new ClientHash(client), dice == 1));
    }

    /** Time passes: a moment, a minute, or up to a quarter of an hour and a bit. */
    static final class Pass implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return Arbitraries.of(1_000, 60_000, 1_000_000)
                    .flatMap(most -> Arbitraries.integers().between(1, most))
                    .map(millis -> Transformer.mutate(
                            "pass " + Duration.ofMillis(millis), history -> history.pass(Duration.ofMillis(millis))));
        }
    }

    /** The owner's browser loads a page: several requests at once. */
    static final class Browse implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return trips().list()
                    .ofMinSize(1)
                    .ofMaxSize(6)
                    .map(page -> Transformer.mutate("browse " + page, history -> history.browse(page)));
        }
    }

    /** The owner's page asks in the background. */
    static final class Poll implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return trips().map(trip -> Transformer.mutate(
                    "poll " + trip, history -> history.owner().send(trip, true)));
        }
    }

    /** The owner signs in again, while nothing else is under way. */
    static final class CalmSignIn implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return trips().map(trip ->
                    Transformer.mutate("sign in calmly " + trip, history -> history.signInCalmly(trip)));
        }
    }

    /** The owner signs in again, whatever else is under way: the answers may cross. */
    static final class SignIn implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return trips().map(trip -> Transformer.mutate(
                    "sign in " + trip, history -> history.owner().signIn(trip)));
        }
    }

    /** The cluster's clock jumps to another member's. */
    static final class Jump implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return Arbitraries.integers()
                    .between(-600, 600)
                    .map(seconds -> Transformer.mutate(
                            "clock " + seconds + " s",
                            history -> history.world().jump(Duration.ofSeconds(seconds))));
        }
    }

    /** The grid misbehaves. */
    static final class Misbehave implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return Arbitraries.of(CallFault.class)
                    .map(fault -> Transformer.mutate(
                            "grid: " + fault, history -> history.world().cache.inject(fault)));
        }
    }

    /** Somebody copies the owner's cookie, or uses the copy. */
    static final class Steal implements Action.Independent<SessionHistory> {

        private final Habit habit;

        Steal(Habit habit) {
            this.habit = habit;
        }

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return trips().list()
                    .ofMaxSize(3)
                    .map(uses -> Transformer.mutate("steal and use " + uses, history -> history.steal(habit, uses)));
        }
    }

    /** A merge takes the last write of the row back. */
    static final class RollBack extends Action.JustMutate<SessionHistory> {

        @Override
        public void mutate(SessionHistory history) {
            history.world().rollBack();
        }
    }

    /** Somebody tries a token with one letter changed. */
    static final class Forge implements Action.Independent<SessionHistory> {

        @Override
        public Arbitrary<Transformer<SessionHistory>> transformer() {
            return Arbitraries.integers()
                    .between(0, 114)
                    .map(position -> Transformer.mutate(
                            "forge " + position, history -> history.owner().forge(position)));
        }
    }

    /** The owner signs out. */
    static final class SignOut extends Action.JustMutate<SessionHistory> {

        @Override
        public void mutate(SessionHistory history) {
            history.owner().signOut();
        }
    }
}
