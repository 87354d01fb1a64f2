package dev.postern.session.lease;

import static dev.postern.session.lease.LeaseModel.ELSEWHERE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.session.lease.LeaseModel.Actor;
import dev.postern.session.lease.LeaseModel.Bounds;
import dev.postern.session.lease.LeaseModel.Call;
import dev.postern.session.lease.LeaseModel.Fault;
import dev.postern.session.lease.LeaseModel.State;
import dev.postern.session.lease.LeaseModel.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The protocol of leased copies keeps its promises in every reachable state, and each of its steps is needed. */
class LeaseModelTest {

    private static final Call REVOKE = new Call(0, ELSEWHERE);
    private static final Call REVOKE_FROM_HOLDER = new Call(0, 0);
    private static final Call REVOKE_OTHER = new Call(1, ELSEWHERE);

    private static final Bounds ONE_HOLDER_JOINS_AGAIN = new Bounds(2, 1, 2, 2, List.of(REVOKE));
    private static final Bounds HOLDER_REVOKES = new Bounds(2, 1, 2, 2, List.of(REVOKE_FROM_HOLDER));
    private static final Bounds TWO_HOLDERS = new Bounds(2, 2, 1, 2, List.of(REVOKE));
    private static final Bounds ONE_OF_TWO_HOLDERS_REVOKES = new Bounds(2, 2, 1, 2, List.of(REVOKE_FROM_HOLDER));
    private static final Bounds TWO_SESSIONS = new Bounds(2, 1, 1, 1, List.of(REVOKE, REVOKE_OTHER));
    private static final Bounds TWICE_THE_SAME = new Bounds(2, 1, 1, 1, List.of(REVOKE, REVOKE));

    private static final int MANY_TICKS = 10;

    static final List<Bounds> SMALL = List.of(
            ONE_HOLDER_JOINS_AGAIN,
            HOLDER_REVOKES,
            TWO_HOLDERS,
            ONE_OF_TWO_HOLDERS_REVOKES,
            TWO_SESSIONS,
            TWICE_THE_SAME);

    static final List<Bounds> LARGE = List.of(
            new Bounds(3, 2, 1, 2, List.of(REVOKE)),
            new Bounds(2, 2, 2, 3, List.of(REVOKE)),
            new Bounds(2, 1, 2, 2, List.of(REVOKE, REVOKE_OTHER)));

    @ParameterizedTest
    @FieldSource("SMALL")
    void keepsL1AndL4(Bounds bounds, TestReporter reporter) {
        assertKept(bounds, reporter);
    }

    @ParameterizedTest
    @FieldSource("LARGE")
    @Tag("long")
    void keepsL1AndL4WithMoreStates(Bounds bounds, TestReporter reporter) {
        assertKept(bounds, reporter);
    }

    /** L3. It also shows that L1 does not hold merely because revocations never return. */
    @ParameterizedTest
    @FieldSource("SMALL")
    void revocationsReturnWithinALeaseWhenNoHolderAnswers(Bounds bounds) {
        LeaseModel model = new LeaseModel(bounds, Fault.NONE);

        Search search = Search.of(model, state -> ticksWithoutHolders(model, state) > bounds.lease());

        assertThat(search.trace()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyFaultBreaksL1(Fault fault, TestReporter reporter) {
        LeaseModel model = new LeaseModel(smallest(fault), fault);

        Search search = Search.of(model, model::breaksL1);

        reporter.publishEntry(fault.name(), search.toString());
        assertThat(search.trace()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"LEASE_COUNTED_FROM_ANSWER", "CLOCK_STOPS", "REMOVED_ID_RENEWED"})
    void wrongLeaseBreaksL4(Fault fault, TestReporter reporter) {
        LeaseModel model = new LeaseModel(smallest(fault), fault);

        Search search = Search.of(model, model::breaksL4);

        reporter.publishEntry(fault.name(), search.toString());
        assertThat(search.trace()).isNotEmpty();
    }

    /** All of them are among the bounds within which the protocol without a fault keeps its promises. */
    private static Bounds smallest(Fault fault) {
        return switch (fault) {
            case OWN_COPY_KEPT -> HOLDER_REVOKES;
            case SECOND_REVOCATION_RETURNS_AT_ONCE -> TWICE_THE_SAME;
            case FENCED_ID_REMOVED_AT_ONCE,
                    FENCED_ID_REMOVED_AFTER_LATE_ANSWER,
                    FENCED_HOLDER_NOT_ASKED,
                    FENCED_HOLDER_NOT_AWAITED -> TWO_SESSIONS;
            default -> ONE_HOLDER_JOINS_AGAIN;
        };
    }

    private static void assertKept(Bounds bounds, TestReporter reporter) {
        LeaseModel model = new LeaseModel(bounds, Fault.NONE);

        Search search = Search.of(model, state -> model.breaksL1(state) || model.breaksL4(state));

        reporter.publishEntry(bounds.toString(), search.toString());
        assertThat(search.trace()).isEmpty();
    }

    /** The ticks until all revocations have returned, if the nodes do nothing and no revocation delays a step. */
    private static int ticksWithoutHolders(LeaseModel model, State from) {
        State state = from;
        int ticks = 0;
        while (!model.allReturned(state) && ticks <= MANY_TICKS) {
            List<Step> steps = model.steps(state);
            Step next = steps.stream()
                    .filter(step -> step.actor() == Actor.REVOCATION)
                    .findFirst()
                    .orElseGet(() -> steps.get(0));
            ticks += next.actor() == Actor.CLOCK ? 1 : 0;
            state = next.after();
        }
        return ticks;
    }

    /**
     * A breadth-first search over all reachable states.
     *
     * @param trace the steps of a shortest way to a state that is searched for; empty if there is none
     */
    private record Search(int states, List<Step> trace) {

        private static Search of(LeaseModel model, Predicate<State> wanted) {
            State initial = model.initial();
            Map<State, State> origins = new HashMap<>(Map.of(initial, initial));
            Queue<State> open = new ArrayDeque<>(List.of(initial));
            for (State state = open.poll(); state != null; state = open.poll()) {
                if (wanted.test(state)) {
                    return new Search(origins.size(), trace(model, origins, state));
                }
                for (Step step : model.steps(state)) {
                    if (origins.putIfAbsent(step.after(), state) == null) {
                        open.add(step.after());
                    }
                }
            }
            return new Search(origins.size(), List.of());
        }

        private static List<Step> trace(LeaseModel model, Map<State, State> origins, State last) {
            List<Step> trace = new ArrayList<>();
            State state = last;
            while (!state.equals(model.initial())) {
                State after = state;
                state = origins.getOrDefault(after, model.initial());
                model.steps(state).stream()
                        .filter(step -> step.after().equals(after))
                        .findFirst()
                        .ifPresent(trace::add);
            }
            Collections.reverse(trace);
            return List.copyOf(trace);
        }

        @Override
        public String toString() {
            return states + " states" + (trace.isEmpty() ? "" : ", " + trace.size() + " steps: " + trace);
        }
    }
}
