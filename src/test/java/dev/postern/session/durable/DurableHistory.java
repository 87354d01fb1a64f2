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
import java.util.stream.Collectors;

/**
 * A random history of two users and three nodes, with crashes at any step, and its referee. The referee knows what was
 * acknowledged. It says when a session is lost that was acknowledged two seconds before, when an end is undone, when a
 * client gets another user's session, and when an honest client counts as a thief.
 *
 * <p>For one thread.
 */
final class DurableHistory {

    /** Of one history. */
    static final int STEPS = 600;

    private static final List<String> USERS = List.of("ann", "bob");
    private static final String EDITS = "edits";

    /** Longer than a tombstone of a sign-out that failed stays in the database. */
    private static final Duration SETTLING = Duration.ofSeconds(13);

    private static final int MOST_SESSIONS = 12;

    /** Below this a request is one of the session's own client. */
    private static final int OF_CLIENTS = 80;

    private final Random random;
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
        nodes = new DurableNodes(random, fault, turns, this::happened);
    }

    void run(int steps) {
        try (turns) {
            for (int i = 0; i < steps; i++) {
                next(random.nextInt(1000));
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

    private void next(int dice) {
        if (dice < 720) {
            List<Turn> running = turns.running();
            if (running.isEmpty()) {
                request();
            } else {
                running.get(random.nextInt(running.size())).step();
            }
        } else if (dice < 860) {
            request();
        } else if (dice < 910) {
            flush();
        } else if (dice < 960) {
            nodes.pass(Duration.ofMillis(random.nextInt(random.nextInt(20) == 0 ? 90_000 : 2_000)));
        } else if (dice < 972) {
            setDatabaseDown(nodes.isDatabaseDown() ? false : random.nextInt(3) == 0);
        } else if (dice < 981) {
            settle();
        } else if (dice < 983) {
            settle(SETTLING);
        } else if (dice < 984) {
            failOver();
        } else if (dice < 988) {
            crash();
        } else if (dice < 991) {
            crashOne();
        } else if (dice < 994) {
            stop();
        } else if (dice < 997) {
            settle();
            verifyAll();
        } else {
            crash();
            verifyAll();
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
        Node node = nodes.nodes().get(random.nextInt(DurableNodes.NODES));
        if (requests.containsKey(node) && !requests.get(node).isOver()) {
            return;
        }
        Optional<SimulatedSession> idle = idle();
        int dice = random.nextInt(100);
        Runnable work;
        if (idle.isEmpty() || (dice < 15 && sessions.size() < MOST_SESSIONS)) {
            String user = USERS.get(random.nextInt(USERS.size()));
            work = () -> signIn(node, user);
        } else {
            SimulatedSession session = idle.get();
            session.isBusy = dice < OF_CLIENTS;
            work = dice < 50 ? () -> use(node, session, false) : of(node, session, dice);
        }
        requests.put(node, turns.begin(work));
    }

    private Runnable of(Node node, SimulatedSession session, int dice) {
        if (dice < 60) {
            return () -> use(node, session, true);
        }
        if (dice < 72) {
            return () -> signInAgain(node, session);
        }
        if (dice < OF_CLIENTS) {
            return () -> signOut(node, session);
        }
        if (dice < 86) {
            return () -> end(node, session);
        }
        if (dice < 90) {
            return () -> endOthers(node, session);
        }
        return dice < 94 ? () -> endAll(node, session.user) : () -> retryEndings(node);
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
                session.isEnded = true;
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

    private void flush() {
        Node node = nodes.nodes().get(random.nextInt(DurableNodes.NODES));
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

    /** Each node writes what waits, once. */
    private void stop() {
        finishAll();
        boolean isWritten = true;
        for (Node node : nodes.nodes()) {
            isWritten &= node.isFlushed();
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
