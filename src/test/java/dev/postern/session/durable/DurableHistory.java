package dev.postern.session.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.ResumeRequest;
import dev.postern.session.ResumeResult;
import dev.postern.session.SignInOvertakenException;
import dev.postern.session.SignInRequest;
import dev.postern.session.durable.DurableNodes.Node;
import dev.postern.session.durable.Turns.Turn;
import dev.postern.session.listing.ListedSession;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.session.user.SessionUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * A random history of two users and three nodes, with crashes at any step, and its referee. Half of the histories are
 * rough: few sessions, a grid that fails often, and many ends and crashes.
 *
 * <p>The referee knows what was acknowledged. It says when a session is lost that was acknowledged two seconds before, when an end is undone, when a
 * client gets another user's session, and when an honest client counts as a thief.
 *
 * <p>For one thread.
 */
final class DurableHistory {

    static final int FEW_STEPS = 300;

    private static final List<String> USERS = List.of("ann", "bob");
    private static final String EDITS = "edits";

    /** Longer than a tombstone of a sign-out that failed stays in the database. */
    private static final Duration SETTLING = Duration.ofSeconds(13);

    private static final int MOST_SESSIONS = 12;

    /** How far a thread goes at most while the others stand. */
    private static final int MOST_PAUSES = 3;

    private static final int FEW_SESSIONS = 3;

    private final Random random;
    private final boolean isRough;
    private final WeightedChoice<Runnable> steps;
    private final WeightedChoice<Request> requestsOfOne;
    private final Turns turns = new Turns();
    private final DurableNodes nodes;
    private final Map<Node, Turn> requests = new HashMap<>();
    private final Map<Node, Turn> writers = new HashMap<>();
    private final List<SimulatedSession> sessions = new ArrayList<>();
    private final Map<String, Integer> endings = new HashMap<>();
    private final Map<String, Integer> endingNow = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final List<SessionEvent> thefts = new ArrayList<>();
    private Instant lastCrash = TestStores.START;

    DurableHistory(long seed, StoreFault fault) {
        random = new Random(seed);
        isRough = random.nextBoolean();
        steps = steps();
        requestsOfOne = requestsOfOne();
        nodes = new DurableNodes(random, fault, turns, isRough ? 10 : 2, this::happened);
    }

    void run(int length) {
        try (turns) {
            for (int i = 0; i < length; i++) {
                steps.draw(random).run();
                assertThat(thefts).as("honest clients that count as thieves").isEmpty();
            }
            settle();
            verifyAll();
            crash();
            verifyAll();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + String.join("\n", log), e);
        }
    }

    /** In a thousand steps. In a rough history all nodes crash often, before the writers have repaired anything. */
    private WeightedChoice<Runnable> steps() {
        return WeightedChoice.<Runnable>of(720, this::step)
                .or(isRough ? 110 : 140, this::request)
                .or(isRough ? 80 : 50, () -> flush(anyNode()))
                .or(50, () -> nodes.pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 90_000 : 2_000))))
                .or(isRough ? 0 : 12, () -> setDatabaseDown(!nodes.isDatabaseDown() && random.nextInt(3) == 0))
                .or(9, this::settle)
                .or(isRough ? 9 : 2, () -> settle(SETTLING))
                .or(isRough ? 100 : 3, this::signInAfterFailedSignOut)
                .or(isRough ? 150 : 3, this::endDuringRepair)
                .or(isRough ? 15 : 3, this::endAllBeforeACrash)
                .or(isRough ? 15 : 3, this::endAfterUse)
                .or(1, this::failOver)
                .or(4, this::crash)
                .or(3, this::crashOne)
                .or(3, this::stop)
                .or(3, () -> {
                    settle();
                    verifyAll();
                })
                .or(isRough ? 12 : 3, () -> {
                    crash();
                    verifyAll();
                });
    }

    private void step() {
        List<Turn> running = turns.running();
        if (running.isEmpty()) {
            request();
        } else {
            running.get(random.nextInt(running.size())).step(1 + random.nextInt(MOST_PAUSES));
        }
    }

    private void note(String what) {
        log.add(nodes.now() + " " + what);
    }

    /** An exception here would only be logged. */
    private void happened(SessionEvent event) {
        if (event instanceof SessionEvent.ReuseDetected) {
            thefts.add(event);
        }
    }

    private void setDatabaseDown(boolean isDown) {
        if (isDown != nodes.isDatabaseDown()) {
            note(isDown ? "database down" : "database up");
            nodes.setDatabaseDown(isDown);
        }
    }

    // what clients, administrators and nodes do

    private void request() {
        Node node = anyNode();
        if (!isFree(node)) {
            return;
        }
        Optional<SimulatedSession> idle = idle();
        int mostSessions = isRough ? FEW_SESSIONS : MOST_SESSIONS;
        if (idle.isEmpty() || (random.nextInt(100) < 15 && sessions.size() < mostSessions)) {
            String user = USERS.get(random.nextInt(USERS.size()));
            requests.put(node, turns.begin(() -> signIn(node, user)));
        } else {
            SimulatedSession session = idle.get();
            Request request = requestsOfOne.draw(random);
            session.isBusy = request.isOfClient;
            requests.put(node, turns.begin(() -> request.work.accept(node, session)));
        }
    }

    private Node anyNode() {
        return nodes.nodes().get(random.nextInt(DurableNodes.NODES));
    }

    private boolean isFree(Node node) {
        return !requests.containsKey(node) || requests.get(node).isOver();
    }

    /** A request about one session. Its client sends one at a time. */
    private record Request(boolean isOfClient, BiConsumer<Node, SimulatedSession> work) {}

    private WeightedChoice<Request> requestsOfOne() {
        return WeightedChoice.of(50, new Request(true, (node, session) -> use(node, session, false)))
                .or(10, new Request(true, (node, session) -> use(node, session, true)))
                .or(isRough ? 30 : 12, new Request(true, this::signInAgain))
                .or(isRough ? 30 : 8, new Request(true, this::signOut))
                .or(isRough ? 20 : 6, new Request(false, this::end))
                .or(4, new Request(false, this::endOthers))
                .or(4, new Request(false, (node, session) -> endAll(node, session.user)))
                .or(6, new Request(false, (node, session) -> retryEndings(node)));
    }

    private Optional<SimulatedSession> idle() {
        List<SimulatedSession> idle = sessions.stream()
                .filter(session -> !session.isBusy)
                .filter(session -> session.mustLive() || random.nextInt(4) == 0)
                .toList();
        return idle.isEmpty() ? Optional.empty() : Optional.of(idle.get(random.nextInt(idle.size())));
    }

    private void signIn(Node node, String user) {
        int before = endingsBefore(user);
        int troubles = nodes.troubles();
        try {
            LiveSession begun = begin(node, user, Optional.empty());
            added(begun, user, before);
        } catch (SignInOvertakenException e) {
            assertThat(endings(user)).as("overtaken by nothing").isGreaterThan(before);
        } catch (PosternException e) {
            requireTrouble(troubles, e);
        }
    }

    private LiveSession begin(Node node, String user, Optional<Token> presented) {
        SignInRequest signIn =
                new SignInRequest(new SessionUser(user, Set.of(), Map.of()), false, presented, draft -> {});
        LiveSession begun = node.keeper().begin(signIn).orElseThrow();
        turns.pause();
        return begun;
    }

    private void added(LiveSession begun, String user, int endingsBefore) {
        SimulatedSession session = new SimulatedSession(begun, user);
        session.isUnsure = endings(user) > endingsBefore;
        sessions.add(session);
        note("begun: " + session);
    }

    private int endings(String user) {
        return endings.getOrDefault(user, 0);
    }

    /** How many calls that end many sessions of the user are over; less if one is under way. */
    private int endingsBefore(String user) {
        return endings(user) - endingNow.getOrDefault(user, 0);
    }

    /** Without an answer the client does not have the new token, and the former one may be invalid. */
    private void signInAgain(Node node, SimulatedSession session) {
        int before = endingsBefore(session.user);
        int troubles = nodes.troubles();
        boolean isAnswered = false;
        note("signs in again: " + session);
        try {
            boolean wasEnded = session.isEnded;
            boolean wasSaved = session.isSavedBySigningIn;
            LiveSession begun = begin(node, session.user, node.keeper().recognise(session.token));
            isAnswered = true;
            if (begun.handle().equals(session.handle)) {
                assertThat(wasEnded).as("an end is undone: %s", session).isFalse();
                continued(session, begun, wasSaved && session.isSavedBySigningIn);
            } else {
                replaced(session, wasEnded, nodes.troubles() > troubles);
                added(begun, session.user, before);
            }
        } catch (SignInOvertakenException e) {
            assertThat(endings(session.user)).as("overtaken by nothing").isGreaterThan(before);
        } catch (PosternException e) {
            requireTrouble(troubles, e);
        } finally {
            session.isBusy = false;
            if (!isAnswered) {
                session.endBegins();
            }
        }
    }

    /** The former session is over in the grid. If the database had trouble, it gets the end later. */
    private void replaced(SimulatedSession session, boolean wasEnded, boolean isInTrouble) {
        session.endBegins();
        session.isEnded = true;
        session.isEndLate |= isInTrouble && !wasEnded;
        if (session.isEndLate) {
            session.written();
        }
    }

    private void continued(SimulatedSession session, LiveSession again, boolean isSaved) {
        session.token = again.token().reveal();
        session.written();
        if (isSaved) {
            session.isUnsure = false;
            session.isSavedBySigningIn = false;
            session.isDurable = false;
            note("saved: " + session);
        }
    }

    private void use(Node node, SimulatedSession session, boolean isEdit) {
        boolean wasEnded = session.isEnded;
        boolean hadToLive = session.mustLive();
        int troubles = nodes.troubles();
        try {
            ResumeResult result = node.keeper().resume(session.token, ResumeRequest.active(draft -> {}));
            turns.pause();
            if (result instanceof ResumeResult.Live live) {
                assertThat(wasEnded).as("an end is undone: %s", session).isFalse();
                letIn(session, live);
                if (isEdit) {
                    edit(node, session, live.session());
                }
            } else {
                assertThat(hadToLive && session.mustLive())
                        .as("lost: %s, %s", session, result)
                        .isFalse();
            }
        } catch (PosternException e) {
            requireTrouble(troubles, e);
        } finally {
            session.isBusy = false;
        }
    }

    private void letIn(SimulatedSession session, ResumeResult.Live live) {
        LiveSession found = live.session();
        assertThat(found.user().name()).as("another user").isEqualTo(session.user);
        assertThat(found.handle()).as("another session").isEqualTo(session.handle);
        assertThat(Integer.parseInt(found.row().metadata().getOrDefault(EDITS, "0")))
                .as("edits are lost: %s", session)
                .isGreaterThanOrEqualTo(session.durableEdits);
        live.successor().ifPresent(successor -> session.token = successor.reveal());
        session.written();
    }

    private void edit(Node node, SimulatedSession session, LiveSession found) {
        int number = session.edits + 1;
        boolean isMade = node.keeper()
                .edit(found, MetadataEdits.NONE.and(EDITS, Optional.of(Integer.toString(number))))
                .isPresent();
        turns.pause();
        if (isMade) {
            session.edits = number;
        }
    }

    private void signOut(Node node, SimulatedSession session) {
        int troubles = nodes.troubles();
        boolean wasSure = session.mustLive();
        session.endBegins();
        note("signs out: " + session);
        try {
            node.keeper().end(node.keeper().recognise(session.token).orElseThrow(), Ending.SIGNED_OUT);
            turns.pause();
            session.isEnded = true;
            note("signed out: " + session);
        } catch (PosternException e) {
            requireTrouble(troubles, e);
            session.isSavedBySigningIn = wasSure;
            session.unsettledUntil = nodes.now().plus(SETTLING);
            nodes.pass(Duration.ofMillis(1));
            note("failed to sign out: " + session);
        } finally {
            session.isBusy = false;
        }
    }

    private void end(Node node, SimulatedSession session) {
        int troubles = nodes.troubles();
        session.endBegins();
        try {
            boolean isEnded = node.keeper().userSessions().end(session.user, session.handle);
            turns.pause();
            session.isEnded |= isEnded;
            note("ended: " + session);
        } catch (PosternException e) {
            requireTrouble(troubles, e);
        }
    }

    private void endOthers(Node node, SimulatedSession kept) {
        endMany(
                kept.user,
                sessions.stream()
                        .filter(session -> session.user.equals(kept.user) && session != kept)
                        .toList(),
                () -> node.keeper().userSessions().endOthers(kept.user, kept.handle));
    }

    private void endAll(Node node, String user) {
        endMany(
                user,
                sessions.stream().filter(session -> session.user.equals(user)).toList(),
                () -> {
                    node.keeper().userSessions().endAll(user);
                    return true;
                });
    }

    private interface Call {
        boolean isMade();
    }

    private void endMany(String user, List<SimulatedSession> meant, Call call) {
        int troubles = nodes.troubles();
        meant.forEach(SimulatedSession::endBegins);
        endings.merge(user, 1, Integer::sum);
        endingNow.merge(user, 1, Integer::sum);
        note("all end: " + meant);
        try {
            boolean isMade = call.isMade();
            turns.pause();
            meant.forEach(session -> session.isEnded |= isMade);
            note("all ended " + isMade + ": " + meant);
        } catch (PosternException e) {
            requireTrouble(troubles, e);
        } finally {
            endingNow.merge(user, -1, Integer::sum);
        }
    }

    /** A tombstone may reach the database once more, of a session that was saved meanwhile. */
    private void retryEndings(Node node) {
        List<SimulatedSession> unsettled = sessions.stream()
                .filter(session -> session.unsettledUntil.isAfter(Instant.MIN))
                .toList();
        try {
            boolean unused = node.keeper().endingRetrier("test").retry();
        } finally {
            unsettled.forEach(session -> session.unsettledUntil = nodes.now().plus(SETTLING));
        }
    }

    /** The tombstone of the sign-out, if the database has it, must be gone before all nodes crash. */
    private void signInAfterFailedSignOut() {
        finishAll();
        for (SimulatedSession session : List.copyOf(sessions)) {
            if (session.isSavedBySigningIn) {
                signInAgain(anyNode(), session);
                settle(SETTLING);
                settle();
                crash();
                verifyAll();
                return;
            }
        }
    }

    /** The tombstone of a sign-out that failed is about to be undone. */
    private void endDuringRepair() {
        finishAll();
        List<SimulatedSession> unsettled = sessions.stream()
                .filter(session -> !session.isEnded && session.unsettledUntil.isAfter(Instant.MIN))
                .toList();
        if (!unsettled.isEmpty()) {
            nodes.pass(UnconfirmedEnds.SETTLING);
            endDuringFlush(unsettled.get(0));
        }
    }

    /** The living row is about to be written. */
    private void endAfterUse() {
        finishAll();
        List<SimulatedSession> living =
                sessions.stream().filter(SimulatedSession::mustLive).toList();
        if (!living.isEmpty()) {
            SimulatedSession session = living.get(random.nextInt(living.size()));
            use(anyNode(), session, true);
            endDuringFlush(session);
        }
    }

    /** A session ends while the nodes write to the database. Then all crash. */
    private void endDuringFlush(SimulatedSession session) {
        Turn end = turns.begin(() -> end(anyNode(), session));
        end.step(1 + random.nextInt(8));
        nodes.nodes().forEach(this::flush);
        while (!end.isOver()) {
            step();
        }
        finishAll();
        crash();
        verifyAll();
    }

    /** The list of sessions that are ended may lack one, which only the epoch ends then. */
    private void endAllBeforeACrash() {
        finishAll();
        Node node = anyNode();
        turns.begin(() -> endAll(node, USERS.get(0))).finish();
        crash();
        verifyAll();
    }

    private void flush(Node node) {
        if (!writers.containsKey(node) || writers.get(node).isOver()) {
            writers.put(node, turns.begin(node::flush));
        }
    }

    private void requireTrouble(int before, PosternException e) {
        assertThat(nodes.troubles()).as("503 without a reason: %s", e).isGreaterThan(before);
    }

    // what happens to all

    private void finishAll() {
        turns.running().forEach(Turn::finish);
    }

    /** Two seconds without a request. */
    private void settle() {
        settle(Duration.ofMillis(500));
    }

    private void settle(Duration step) {
        finishAll();
        boolean isWritten = true;
        for (int i = 0; i < 4; i++) {
            nodes.pass(step);
            for (Node node : nodes.nodes()) {
                isWritten &= node.isFlushed();
            }
        }
        isWritten &= nodes.nodes().stream().allMatch(Node::isIdle);
        if (isWritten) {
            sessions.forEach(session -> session.settled(nodes.now()));
            note("settled: " + sessions);
        }
    }

    /** The database fails over to a copy that is two seconds behind. Ten seconds later it has everything again. */
    private void failOver() {
        if (nodes.now().isBefore(lastCrash.plus(SETTLING))) {
            return; // what the node had written last is not written again
        }
        finishAll();
        setDatabaseDown(false);
        nodes.nodes().forEach(Node::flush);
        nodes.failOver(Duration.ofSeconds(2));
        note("database failed over");
        settle(Duration.ofSeconds(4));
    }

    private void crash() {
        turns.running().forEach(Turn::kill);
        sessions.forEach(session -> {
            session.allCrashed();
            session.isBusy = false;
        });
        note("all crashed: " + sessions);
        restartAll();
    }

    private void restartAll() {
        nodes.restartAll();
        lastCrash = nodes.now();
        requests.clear();
        writers.clear();
    }

    private void crashOne() {
        int number = random.nextInt(DurableNodes.NODES);
        Node node = nodes.nodes().get(number);
        Optional.ofNullable(requests.remove(node)).ifPresent(Turn::kill);
        Optional.ofNullable(writers.remove(node)).ifPresent(Turn::kill);
        sessions.forEach(SimulatedSession::nodeCrashed);
        lastCrash = nodes.now();
        note("node " + number + " crashed");
        nodes.restart(number);
    }

    /** Each node writes what waits. */
    private void stop() {
        finishAll();
        boolean isWritten = true;
        for (Node node : nodes.nodes()) {
            isWritten &= node.isDrained();
        }
        for (SimulatedSession session : sessions) {
            if (isWritten) {
                session.settled(nodes.now());
            }
            session.allCrashed();
        }
        note("all stopped, written " + isWritten + ": " + sessions);
        restartAll();
    }

    private void verifyAll() {
        finishAll();
        setDatabaseDown(false);
        for (SimulatedSession session : List.copyOf(sessions)) {
            use(nodes.nodes().get(0), session, false);
        }
        USERS.forEach(this::verifyList);
        sessions.removeIf(session -> !session.mustLive() && random.nextBoolean());
    }

    private void verifyList(String user) {
        Set<Handle> listed = nodes.nodes().get(1).keeper().userSessions().of(user).stream()
                .map(ListedSession::handle)
                .collect(Collectors.toSet());
        for (SimulatedSession session : sessions) {
            if (session.user.equals(user) && session.isEnded) {
                assertThat(listed).as("an end is undone: %s", session).doesNotContain(session.handle);
            } else if (session.user.equals(user) && session.mustLive()) {
                assertThat(listed).as("missing in the list: %s", session).contains(session.handle);
            }
        }
    }
}
