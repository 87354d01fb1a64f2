package dev.postern.session.lease;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The protocol of leased copies as a state machine: its states, the steps that each state allows, and the promises L1
 * and L4.
 *
 * <p>Time is discrete. A tick moves the clocks of all nodes on. Between two ticks any number of steps happens, in any
 * order. A step that is possible may also never happen. This covers pauses, crashes, and messages that are late, lost
 * or out of order. An invalidation can arrive again at any time.
 *
 * <p>The grid is consistent: its reads and compare-and-sets are atomic. Each happens as soon as it is sent and is
 * answered at any later time. A delay on the way there would only make the lease shorter, or the value newer.
 *
 * <p>Lease ids are never used again. The id of the {@code n}-th lease of a node is {@code node * leases + n}.
 *
 * <p>Immutable.
 */
final class LeaseModel {

    /** The number of a node without copies of its own, on which a revocation can run. */
    static final int ELSEWHERE = -1;

    private static final int NONE = -1;

    private final Bounds bounds;
    private final Fault fault;

    LeaseModel(Bounds bounds, Fault fault) {
        this.bounds = bounds;
        this.fault = fault;
    }

    /** One step of the protocol that is left out or done wrongly. */
    enum Fault {
        NONE,
        /** The revocation waits, but it does not fence the holders that have not answered. */
        NO_FENCE,
        FENCE_WITHOUT_WAIT,
        WAIT_ONE_TICK_SHORT,
        LEASE_COUNTED_FROM_ANSWER,
        /** The clock of a node stops while the node is paused. The protocol relies on clocks that do not. */
        CLOCK_STOPS,
        /** The grid loses the holders row. The protocol relies on a grid that does not. */
        HOLDERS_ROW_LOST,
        /** An invalidation drops the copy and forgets the reads that are under way. */
        FILL_KEPT_AFTER_INVALIDATION,
        FILL_KEPT_AFTER_LAPSE,
        FILL_SENT_BEFORE_JOIN,
        /** A fill looks at the lease before it begins. A lapse between the two does not spoil the fill. */
        LEASE_READ_BEFORE_FILL,
        /** An invalidation comes between the look at whether a fill may be kept and the keeping. */
        FILL_CHECKED_BEFORE_KEPT,
        HOLDERS_READ_BEFORE_TOMBSTONE,
        /** A fenced id is removed at once; only its own revocation waits. */
        FENCED_ID_REMOVED_AT_ONCE,
        /** A fenced id is removed without the wait when its answer arrives late. */
        FENCED_ID_REMOVED_AFTER_LATE_ANSWER,
        FENCED_HOLDER_NOT_ASKED,
        /** A holder that another revocation has fenced is regarded as done, although its lease can still be valid. */
        FENCED_HOLDER_NOT_AWAITED,
        ANSWER_BEFORE_DROP,
        /** The revocation leaves out the copy of the node it runs on. */
        OWN_COPY_KEPT,
        /** A node whose id is no longer in the holders row goes on with its copies and under that id. */
        REMOVED_ID_RENEWED,
        COPIES_KEPT_AFTER_LAPSE,
        /** A node removes its id from the holders row and only then drops its copies. */
        LEFT_BEFORE_DROP,
        /** A check finds the copy first and compares the clock with the lease's end afterwards. */
        COPY_FOUND_BEFORE_CLOCK,
        /** A revocation that finds the tombstone of another one returns, although the other one still waits. */
        SECOND_REVOCATION_RETURNS_AT_ONCE
    }

    /**
     * The size of the model.
     *
     * @param lease in ticks
     * @param nodes with copies
     * @param leases that one node takes at most
     * @param joins of all nodes at most
     */
    record Bounds(int lease, int nodes, int leases, int joins, List<Call> calls) {

        private int sessions() {
            return calls.stream().mapToInt(Call::session).max().orElse(0) + 1;
        }
    }

    /** A call that revokes a session, and the node it runs on. */
    record Call(int session, int node) {}

    /** A state of all nodes, of the grid and of all messages. */
    record State(List<Node> nodes, List<Holder> holders, List<Revocation> revocations) {

        private State with(int node, Node changed) {
            return new State(replaced(nodes, node, changed), holders, revocations);
        }

        private State with(int id, Holder changed) {
            return holders.get(id) == changed ? this : new State(nodes, replaced(holders, id, changed), revocations);
        }

        private State with(int revocation, Revocation changed) {
            return new State(nodes, holders, replaced(revocations, revocation, changed));
        }
    }

    /** What the holders row says of an id. */
    private enum Holder {
        ABSENT,
        OPEN,
        FENCED
    }

    /**
     * A node with copies.
     *
     * @param id the number of its lease among its own, or {@link LeaseModel#NONE}
     * @param taken the number of its leases so far
     * @param left ticks until the lease ends, by the node's own account
     * @param granted ticks until the lease ends, counted correctly and by a clock that never stops
     */
    private record Node(int id, int taken, int left, int granted, Renewal renewal, List<Copy> copies) {

        private boolean leased() {
            return left > 0;
        }

        private Node with(Renewal changed) {
            return new Node(id, taken, left, granted, changed, copies);
        }

        private Node with(int session, Copy changed) {
            return with(replaced(copies, session, changed));
        }

        private Node with(List<Copy> changed) {
            return new Node(id, taken, left, granted, renewal, changed);
        }

        @Override
        public int hashCode() {
            return scrambled(((((id * 8 + taken) * 8 + left) * 8 + granted) * 31 + renewal.hashCode()) * 7919
                    + copies.hashCode());
        }
    }

    /** A read of the holders row by the lease thread: not under way, or with an answer that has not arrived. */
    private record Renewal(Answer answer, int age) {

        private static final Renewal IDLE = new Renewal(Answer.NONE, 0);

        private enum Answer {
            NONE,
            OPEN,
            FENCED,
            ABSENT
        }

        @Override
        public int hashCode() {
            return 31 * answer.name().hashCode() + age;
        }
    }

    /**
     * One session on one node.
     *
     * @param present whether there is a copy, which always lets the session in
     * @param checking whether a check that began after the end of a revocation has done the first of its two reads
     */
    private record Copy(boolean present, Fill fill, boolean checking) {

        private static final Copy ABSENT = new Copy(false, Fill.NONE, false);

        /** A read of the live row that can still become a copy. Reads that cannot are not part of the state. */
        private enum Fill {
            NONE,
            ALLOWED,
            READ,
            CHECKED
        }

        private Copy with(boolean present, Fill fill) {
            return new Copy(present, fill, checking);
        }

        @Override
        public int hashCode() {
            return 31 * fill.name().hashCode() + (present ? 2 : 0) + (checking ? 1 : 0);
        }
    }

    /** A revocation under way, with what it awaits of each id. */
    private record Revocation(Phase phase, List<Reply> replies) {

        private enum Phase {
            NOT_BEGUN,
            HOLDERS_READ_TOO_EARLY,
            TOMBSTONE_WRITTEN,
            OWN_COPY_DROPPED,
            WAITING,
            FENCED_REMOVED,
            RETURNED
        }

        private boolean dead() {
            return phase.compareTo(Phase.TOMBSTONE_WRITTEN) >= 0;
        }

        private boolean complete() {
            return replies.stream().allMatch(Reply::complete);
        }

        private Revocation with(Phase changed) {
            return new Revocation(changed, replies);
        }

        private Revocation with(int id, Reply changed) {
            return new Revocation(phase, replaced(replies, id, changed));
        }

        @Override
        public int hashCode() {
            return scrambled(31 * phase.name().hashCode() + replies.hashCode());
        }
    }

    /**
     * What a revocation awaits of one id.
     *
     * @param gone whether the node has answered, or the id is no longer in the holders row
     * @param toWait ticks since the fence that are still to be waited for, or {@link LeaseModel#NONE} without a fence
     */
    private record Reply(boolean asked, boolean gone, int toWait) {

        private static final Reply NOT_ASKED = new Reply(false, false, NONE);
        private static final Reply ASKED = new Reply(true, false, NONE);

        private boolean complete() {
            return !asked || gone || toWait == 0;
        }

        @Override
        public int hashCode() {
            return (toWait + 1) * 4 + (asked ? 2 : 0) + (gone ? 1 : 0);
        }
    }

    /** Which part of the system does a step. */
    enum Actor {
        CLOCK,
        NODE,
        REVOCATION,
        GRID
    }

    /** A step to another state. Its text has places for two numbers. */
    record Step(Actor actor, String text, int first, int second, State after) {

        private static Step ofNode(String text, int node, int second, State after) {
            return new Step(Actor.NODE, text, node, second, after);
        }

        private static Step ofRevocation(String text, int call, int second, State after) {
            return new Step(Actor.REVOCATION, text, call, second, after);
        }

        @Override
        public String toString() {
            return text.formatted(first, second);
        }
    }

    /** No node has joined, all sessions are live, and no revocation has begun. */
    State initial() {
        Node apart = new Node(NONE, 0, 0, 0, Renewal.IDLE, Collections.nCopies(bounds.sessions(), Copy.ABSENT));
        return new State(
                List.copyOf(Collections.nCopies(bounds.nodes(), apart)),
                noHolders(),
                bounds.calls().stream()
                        .map(call -> new Revocation(Revocation.Phase.NOT_BEGUN, noReplies()))
                        .toList());
    }

    /** L1: no check that begins after a revocation has returned accepts the session, by a copy or by the row. */
    boolean breaksL1(State state) {
        return IntStream.range(0, bounds.sessions())
                .filter(session -> returned(state, session))
                .anyMatch(session -> !dead(state, session)
                        || state.nodes().stream()
                                .anyMatch(node ->
                                        lastReadAccepts(node, node.copies().get(session))));
    }

    private boolean lastReadAccepts(Node node, Copy copy) {
        boolean both = copy.present() && node.leased();
        boolean second = fault == Fault.COPY_FOUND_BEFORE_CLOCK ? node.leased() : copy.present();
        return both || (copy.checking() && second);
    }

    /** L4: a check lets a session in by a copy only within the lease. */
    boolean breaksL4(State state) {
        return state.nodes().stream()
                .anyMatch(node -> node.leased()
                        && node.granted() == 0
                        && node.copies().stream().anyMatch(Copy::present));
    }

    boolean allReturned(State state) {
        return state.revocations().stream().allMatch(revocation -> revocation.phase() == Revocation.Phase.RETURNED);
    }

    /** All steps that are possible in this state. */
    List<Step> steps(State state) {
        List<Step> steps = new ArrayList<>();
        tick(state, steps);
        for (int node = 0; node < bounds.nodes(); node++) {
            lease(state, node, steps);
            leave(state, node, steps);
            for (int session = 0; session < bounds.sessions(); session++) {
                fill(state, node, session, steps);
                check(state, node, session, steps);
            }
        }
        for (int call = 0; call < bounds.calls().size(); call++) {
            revoke(state, call, steps);
            invalidate(state, call, steps);
        }
        if (fault == Fault.HOLDERS_ROW_LOST) {
            State lost = new State(state.nodes(), noHolders(), state.revocations());
            steps.add(new Step(Actor.GRID, "the holders row is lost", 0, 0, lost));
        }
        return steps;
    }

    private void tick(State state, List<Step> steps) {
        steps.add(new Step(Actor.CLOCK, "tick", 0, 0, ticked(state, NONE)));
        if (fault == Fault.CLOCK_STOPS) {
            for (int node = 0; node < bounds.nodes(); node++) {
                steps.add(new Step(Actor.CLOCK, "tick, but the clock of node %d stops", node, 0, ticked(state, node)));
            }
        }
    }

    private State ticked(State state, int stopped) {
        List<Node> nodes = IntStream.range(0, bounds.nodes())
                .mapToObj(node -> ticked(state.nodes().get(node), node == stopped))
                .toList();
        List<Revocation> revocations = state.revocations().stream()
                .map(revocation -> new Revocation(
                        revocation.phase(),
                        mapped(
                                revocation.replies(),
                                reply -> reply.toWait() > 0
                                        ? new Reply(reply.asked(), reply.gone(), reply.toWait() - 1)
                                        : reply)))
                .toList();
        return new State(nodes, state.holders(), revocations);
    }

    private Node ticked(Node node, boolean stopped) {
        int left = stopped ? node.left() : Math.max(0, node.left() - 1);
        return new Node(
                node.id(), node.taken(), left, Math.max(0, node.granted() - 1), aged(node.renewal()), node.copies());
    }

    /** An answer that is a lease old extends nothing: it is forgotten, which is as if it were lost. */
    private Renewal aged(Renewal renewal) {
        if (renewal.answer() != Renewal.Answer.OPEN) {
            return renewal;
        }
        int age = Math.min(bounds.lease(), renewal.age() + 1);
        return age == bounds.lease() && fault != Fault.LEASE_COUNTED_FROM_ANSWER
                ? Renewal.IDLE
                : new Renewal(renewal.answer(), age);
    }

    /** Joins, renews, and lapses: at the end of the lease, with a restart, or before the node leaves. */
    private void lease(State state, int node, List<Step> steps) {
        Node now = state.nodes().get(node);
        if (now.id() == NONE) {
            int joins = state.nodes().stream().mapToInt(Node::taken).sum();
            if (now.taken() < bounds.leases() && joins < bounds.joins()) {
                steps.add(Step.ofNode("node %d joins under id %d", node, now.taken(), joined(state, node)));
            }
            return;
        }
        steps.add(Step.ofNode("node %d lapses from id %d", node, now.id(), state.with(node, lapsed(now))));
        if (now.renewal().answer() == Renewal.Answer.NONE) {
            State sent = state.with(node, now.with(sent(state, node)));
            steps.add(Step.ofNode("node %d reads the holders row", node, 0, sent));
        } else {
            State lost = state.with(node, now.with(Renewal.IDLE));
            steps.add(Step.ofNode("node %d receives its answer", node, 0, state.with(node, answered(now))));
            steps.add(Step.ofNode("node %d receives no answer", node, 0, lost));
        }
    }

    private State joined(State state, int node) {
        Node now = state.nodes().get(node);
        Node joined =
                new Node(now.taken(), now.taken() + 1, bounds.lease(), bounds.lease(), Renewal.IDLE, now.copies());
        return state.with(node, joined).with(id(node, now.taken()), Holder.OPEN);
    }

    private Node lapsed(Node node) {
        List<Copy> copies = mapped(
                node.copies(),
                copy -> copy.with(
                        fault == Fault.COPIES_KEPT_AFTER_LAPSE && copy.present(),
                        survives(copy.fill(), Fault.FILL_KEPT_AFTER_LAPSE) ? copy.fill() : Copy.Fill.NONE));
        return new Node(NONE, node.taken(), 0, 0, Renewal.IDLE, copies);
    }

    private Renewal sent(State state, int node) {
        Holder holder = state.holders().get(id(node, state.nodes().get(node).id()));
        return new Renewal(
                switch (holder) {
                    case OPEN -> Renewal.Answer.OPEN;
                    case FENCED -> Renewal.Answer.FENCED;
                    case ABSENT -> Renewal.Answer.ABSENT;
                },
                0);
    }

    private Node answered(Node node) {
        Renewal renewal = node.renewal();
        if (renewal.answer() == Renewal.Answer.OPEN) {
            int granted = bounds.lease() - renewal.age();
            int counted = fault == Fault.LEASE_COUNTED_FROM_ANSWER ? bounds.lease() : granted;
            return renewed(node, Math.max(node.left(), counted), Math.max(node.granted(), granted));
        }
        if (renewal.answer() == Renewal.Answer.ABSENT && fault == Fault.REMOVED_ID_RENEWED) {
            return renewed(node, bounds.lease(), node.granted());
        }
        return lapsed(node);
    }

    private static Node renewed(Node node, int left, int granted) {
        return new Node(node.id(), node.taken(), left, granted, Renewal.IDLE, node.copies());
    }

    /** Removes the ids under which the node has no copies any more. */
    private void leave(State state, int node, List<Step> steps) {
        Node now = state.nodes().get(node);
        for (int lease = 0; lease < now.taken(); lease++) {
            int id = id(node, lease);
            boolean left = lease != now.id() || fault == Fault.LEFT_BEFORE_DROP;
            if (left && state.holders().get(id) != Holder.ABSENT) {
                steps.add(Step.ofNode("node %d removes its id %d", node, lease, state.with(id, Holder.ABSENT)));
            }
        }
    }

    private void fill(State state, int node, int session, List<Step> steps) {
        Node now = state.nodes().get(node);
        Copy copy = now.copies().get(session);
        boolean isLive = !dead(state, session);
        switch (copy.fill()) {
            case NONE -> {
                if (mayRead(now) && !copy.present() && isLive) {
                    Copy.Fill next = fault == Fault.LEASE_READ_BEFORE_FILL ? Copy.Fill.ALLOWED : Copy.Fill.READ;
                    steps.add(filling(state, node, session, copy.with(false, next)));
                }
            }
            case ALLOWED -> {
                if (isLive) {
                    steps.add(filling(state, node, session, copy.with(false, Copy.Fill.READ)));
                }
            }
            case READ, CHECKED -> {
                if (fault == Fault.FILL_CHECKED_BEFORE_KEPT && copy.fill() == Copy.Fill.READ) {
                    steps.add(filling(state, node, session, copy.with(false, Copy.Fill.CHECKED)));
                } else if (now.id() != NONE) {
                    steps.add(filling(state, node, session, copy.with(true, Copy.Fill.NONE)));
                }
            }
        }
    }

    private boolean mayRead(Node node) {
        return node.leased() || (fault == Fault.FILL_SENT_BEFORE_JOIN && node.id() == NONE);
    }

    private static Step filling(State state, int node, int session, Copy next) {
        String text = switch (next.fill()) {
            case NONE -> "node %d keeps session %d";
            case ALLOWED -> "node %d has a lease for session %d";
            case READ -> "node %d reads session %d";
            case CHECKED -> "node %d may keep session %d";
        };
        Node filling = state.nodes().get(node).with(session, next);
        return Step.ofNode(text, node, session, state.with(node, filling));
    }

    /** A check reads the clock, then the copy. Only checks that begin after a revocation has returned matter to L1. */
    private void check(State state, int node, int session, List<Step> steps) {
        Node now = state.nodes().get(node);
        Copy copy = now.copies().get(session);
        boolean first = fault == Fault.COPY_FOUND_BEFORE_CLOCK ? copy.present() : now.leased();
        if (copy.checking()) {
            Node refused = now.with(session, new Copy(copy.present(), copy.fill(), false));
            steps.add(Step.ofNode("node %d ends a check of session %d", node, session, state.with(node, refused)));
        } else if (first && returned(state, session)) {
            Node checking = now.with(session, new Copy(copy.present(), copy.fill(), true));
            steps.add(Step.ofNode("node %d begins a check of session %d", node, session, state.with(node, checking)));
        }
    }

    private void revoke(State state, int call, List<Step> steps) {
        Revocation now = state.revocations().get(call);
        int session = bounds.calls().get(call).session();
        switch (now.phase()) {
            case NOT_BEGUN -> steps.add(begun(state, call, session));
            case HOLDERS_READ_TOO_EARLY ->
                steps.add(Step.ofRevocation(
                        "revocation %d writes the tombstone of session %d",
                        call, session, ownCopyDropped(state, call).with(call, now.with(Revocation.Phase.WAITING))));
            case TOMBSTONE_WRITTEN ->
                steps.add(Step.ofRevocation(
                        "revocation %d drops its own copy of session %d",
                        call,
                        session,
                        ownCopyDropped(state, call).with(call, now.with(Revocation.Phase.OWN_COPY_DROPPED))));
            case OWN_COPY_DROPPED ->
                steps.add(Step.ofRevocation(
                        "revocation %d reads the holders row and sends",
                        call, session, state.with(call, asking(state, call, Revocation.Phase.WAITING))));
            case WAITING -> {
                fence(state, call, steps);
                if (now.complete()) {
                    steps.add(Step.ofRevocation(
                            "revocation %d removes fenced ids", call, session, fencedRemoved(state, call)));
                }
            }
            case FENCED_REMOVED ->
                steps.add(Step.ofRevocation(
                        "revocation %d of session %d returns",
                        call, session, state.with(call, now.with(Revocation.Phase.RETURNED))));
            case RETURNED -> {}
        }
    }

    private Step begun(State state, int call, int session) {
        Revocation now = state.revocations().get(call);
        if (fault == Fault.HOLDERS_READ_BEFORE_TOMBSTONE) {
            State read = state.with(call, asking(state, call, Revocation.Phase.HOLDERS_READ_TOO_EARLY));
            return Step.ofRevocation("revocation %d of session %d reads the holders row", call, session, read);
        }
        if (fault == Fault.SECOND_REVOCATION_RETURNS_AT_ONCE && dead(state, session)) {
            State returned = state.with(call, now.with(Revocation.Phase.RETURNED));
            return Step.ofRevocation("revocation %d finds session %d revoked and returns", call, session, returned);
        }
        boolean elsewhere = bounds.calls().get(call).node() == ELSEWHERE;
        State written = state.with(
                call, now.with(elsewhere ? Revocation.Phase.OWN_COPY_DROPPED : Revocation.Phase.TOMBSTONE_WRITTEN));
        return Step.ofRevocation("revocation %d writes the tombstone of session %d", call, session, written);
    }

    private State ownCopyDropped(State state, int call) {
        Call own = bounds.calls().get(call);
        return own.node() == ELSEWHERE || fault == Fault.OWN_COPY_KEPT
                ? state
                : dropped(state, own.node(), own.session(), Copy.Fill.NONE);
    }

    private State dropped(State state, int node, int session, Copy.Fill fill) {
        Node now = state.nodes().get(node);
        return state.with(node, now.with(session, now.copies().get(session).with(false, fill)));
    }

    private Revocation asking(State state, int call, Revocation.Phase phase) {
        int node = bounds.calls().get(call).node();
        int own = node == ELSEWHERE || state.nodes().get(node).id() == NONE
                ? NONE
                : id(node, state.nodes().get(node).id());
        return new Revocation(
                phase,
                IntStream.range(0, ids())
                        .mapToObj(id -> id != own && asked(state.holders().get(id)) ? Reply.ASKED : Reply.NOT_ASKED)
                        .toList());
    }

    private boolean asked(Holder holder) {
        return holder == Holder.OPEN || (holder == Holder.FENCED && fault != Fault.FENCED_HOLDER_NOT_ASKED);
    }

    /** The answer awaited is short: any holder can be fenced, also one whose answer is on its way. */
    private void fence(State state, int call, List<Step> steps) {
        Revocation now = state.revocations().get(call);
        for (int id = 0; id < ids(); id++) {
            Reply reply = now.replies().get(id);
            Holder holder = state.holders().get(id);
            boolean known = reply.gone() && holder == Holder.ABSENT;
            if (reply.asked() && reply.toWait() == NONE && !known) {
                State fenced = holder == Holder.OPEN ? state.with(id, fenced()) : state;
                steps.add(Step.ofRevocation(
                        "revocation %d fences holder %d",
                        call, id, fenced.with(call, now.with(id, new Reply(true, gone(reply, holder), wait(holder))))));
            }
        }
    }

    private boolean gone(Reply reply, Holder holder) {
        return reply.gone()
                || holder == Holder.ABSENT
                || (holder == Holder.FENCED && fault == Fault.FENCED_HOLDER_NOT_AWAITED);
    }

    private Holder fenced() {
        return switch (fault) {
            case NO_FENCE -> Holder.OPEN;
            case FENCED_ID_REMOVED_AT_ONCE -> Holder.ABSENT;
            default -> Holder.FENCED;
        };
    }

    private int wait(Holder holder) {
        if (holder == Holder.ABSENT) {
            return NONE;
        }
        return switch (fault) {
            case FENCE_WITHOUT_WAIT -> 0;
            case WAIT_ONE_TICK_SHORT -> bounds.lease() - 1;
            default -> bounds.lease();
        };
    }

    /** Only ids that have been waited for: another revocation must find the others and wait too. */
    private State fencedRemoved(State state, int call) {
        State removed = state;
        List<Reply> replies = state.revocations().get(call).replies();
        for (int id = 0; id < ids(); id++) {
            int wait = replies.get(id).toWait();
            boolean over = fault == Fault.FENCED_ID_REMOVED_AFTER_LATE_ANSWER ? wait != NONE : wait == 0;
            if (over && removed.holders().get(id) == Holder.FENCED) {
                removed = removed.with(id, Holder.ABSENT);
            }
        }
        return removed.with(call, new Revocation(Revocation.Phase.FENCED_REMOVED, noReplies()));
    }

    /** An invalidation arrives, for the first time or again, and is answered. */
    private void invalidate(State state, int call, List<Step> steps) {
        Revocation now = state.revocations().get(call);
        if (now.phase().compareTo(Revocation.Phase.WAITING) < 0) {
            return;
        }
        int session = bounds.calls().get(call).session();
        for (int node = 0; node < bounds.nodes(); node++) {
            State dropped = invalidated(state, node, session);
            steps.add(Step.ofNode("node %d drops session %d again", node, session, dropped));
            for (int lease = 0; lease < bounds.leases(); lease++) {
                int id = id(node, lease);
                Reply reply = now.replies().get(id);
                if (reply.asked() && !reply.gone()) {
                    Revocation answered = now.with(id, new Reply(true, true, reply.toWait()));
                    State before = fault == Fault.ANSWER_BEFORE_DROP ? state : dropped;
                    String text = "node %d drops session %d and answers";
                    steps.add(Step.ofNode(text, node, session, before.with(call, answered)));
                }
            }
        }
    }

    private State invalidated(State state, int node, int session) {
        Copy.Fill fill = state.nodes().get(node).copies().get(session).fill();
        return dropped(
                state,
                node,
                session,
                survives(fill, Fault.FILL_KEPT_AFTER_INVALIDATION) || fill == Copy.Fill.CHECKED
                        ? fill
                        : Copy.Fill.NONE);
    }

    private boolean survives(Copy.Fill fill, Fault kept) {
        return fault == kept || fill == Copy.Fill.ALLOWED;
    }

    private boolean dead(State state, int session) {
        return of(state, session).anyMatch(Revocation::dead);
    }

    private boolean returned(State state, int session) {
        return of(state, session).anyMatch(revocation -> revocation.phase() == Revocation.Phase.RETURNED);
    }

    private Stream<Revocation> of(State state, int session) {
        return IntStream.range(0, bounds.calls().size())
                .filter(call -> bounds.calls().get(call).session() == session)
                .mapToObj(state.revocations()::get);
    }

    private int ids() {
        return bounds.nodes() * bounds.leases();
    }

    private int id(int node, int lease) {
        return node * bounds.leases() + lease;
    }

    private List<Holder> noHolders() {
        return List.copyOf(Collections.nCopies(ids(), Holder.ABSENT));
    }

    private List<Reply> noReplies() {
        return List.copyOf(Collections.nCopies(ids(), Reply.NOT_ASKED));
    }

    private static <T> List<T> replaced(List<T> list, int index, T element) {
        List<T> changed = new ArrayList<>(list);
        changed.set(index, element);
        return List.copyOf(changed);
    }

    private static <T> List<T> mapped(List<T> list, UnaryOperator<T> change) {
        return list.stream().map(change).toList();
    }

    /** Small numbers side by side would otherwise give many states the same hash. */
    private static int scrambled(int hash) {
        int once = (hash ^ (hash >>> 16)) * 0x7feb352d;
        return once ^ (once >>> 15);
    }
}
