package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.testing.CapturedLog;
import dev.postern.testing.PassingCache;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Some nodes that keep copies, over one store: what counts when a call returns. */
@Tag("L1")
class SessionCopiesTest {

    private static final Duration LEASE = Duration.ofMillis(400);
    private static final Duration SETTLING = Duration.ofSeconds(10);
    private static final LeaseTerms TERMS =
            new LeaseTerms(LEASE, Duration.ofMillis(100), Duration.ofMillis(30), Duration.ofSeconds(1), SETTLING);

    private final TestSessions sessions = new TestSessions();
    private final Board board = new Board();
    private final Random random = new Random(1);
    private final List<Node> nodes = new ArrayList<>();
    private final UUID test = UUID.randomUUID();

    /** A node whose lease is kept by hand, under a clock that the test moves. */
    private final class Node {

        private final Board.Seat seat = board.seat();
        private final AtomicLong ahead = new AtomicLong(Duration.ofDays(1).toNanos());
        private final SessionCopies copies;
        private final SessionKeeper keeper;

        Node(int most) {
            copies = new SessionCopies(seat, TERMS, most, this::newId, "lease", ahead::get);
            keeper = sessions.onANodeWith(copies);
            nodes.add(this);
        }

        private String newId() {
            byte[] bytes = new byte[Handle.BYTES];
            random.nextBytes(bytes);
            return Handle.of(bytes).text();
        }

        ResumeResult resume(Token token) {
            return keeper.resume(token.reveal(), TestSessions.ACTIVE);
        }

        /** Whether it lets the token in, and by its copy alone. */
        boolean acceptsByCopy(Token token) {
            int before = sessions.cache().reads();
            boolean isIn = resume(token) instanceof ResumeResult.Live;
            return isIn && sessions.cache().reads() == before;
        }

        boolean refuses(Token token) {
            return !(resume(token) instanceof ResumeResult.Live);
        }

        void pass(Duration time) {
            ahead.addAndGet(time.toNanos());
        }
    }

    private Node node() {
        return joined(new Node(100));
    }

    /** The first node finds no row, and waits for a lease before it writes one. */
    private static Node joined(Node node) {
        node.copies.step();
        node.pass(LEASE.multipliedBy(2));
        node.copies.step();
        node.copies.step();
        return node;
    }

    private Token copiedOn(Node... all) {
        Token token = sessions.begin("ann").token();
        for (Node node : all) {
            assertThat(node.acceptsByCopy(token)).isFalse();
            assertThat(node.acceptsByCopy(token)).isTrue();
        }
        return token;
    }

    private static Duration timeOf(Runnable call) {
        long began = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void checkAsksNobodyWhileTheLeaseLasts() {
        Node node = node();
        Token token = copiedOn(node);

        node.pass(LEASE);
        assertThat(node.acceptsByCopy(token)).isFalse();

        node.copies.step();
        assertThat(node.acceptsByCopy(token)).isFalse();
        assertThat(node.acceptsByCopy(token)).isTrue();
        assertThat(node.copies.metrics().lapses()).isOne();
        assertThat(node.copies.metrics().renewals()).isEqualTo(3);
        assertThat(board.holders().ids()).hasSize(1);
    }

    @Test
    void nothingIsKeptWithoutALease() {
        Node node = new Node(100);
        Token token = sessions.begin("ann").token();

        assertThat(node.acceptsByCopy(token)).isFalse();
        assertThat(node.acceptsByCopy(token)).isFalse();
    }

    @Test
    void whatIsEndedIsRefusedByAllWhenTheCallReturns() {
        Node one = node();
        Node other = node();
        Token signedOut = copiedOn(one, other);
        Token first = copiedOn(one, other);
        Token second = copiedOn(one, other);

        one.keeper.end(signedOut, Ending.SIGNED_OUT);
        assertThat(one.refuses(signedOut) && other.refuses(signedOut)).isTrue();

        one.keeper.userSessions().endAll("ann");
        assertThat(List.of(first, second)).allMatch(one::refuses).allMatch(other::refuses);
        assertThat(one.copies.metrics().fences()).isZero();
    }

    /** A member that hands a partition over answers reads with its old rows until it learns of that. */
    @Test
    void sessionThatIsOverStaysOverWhateverAMemberAnswers() {
        Node one = node();
        Node other = node();
        Token token = copiedOn(one, other);
        byte[] old = stored(token);

        one.keeper.end(token, Ending.SIGNED_OUT);
        store(token, old);

        assertThat(one.refuses(token) && other.refuses(token)).isTrue();
        assertThat(other.keeper.userSessions().of("ann")).isEmpty();
    }

    @Test
    @Tag("L2")
    void nothingIsKeptOfARowThatMayBeOld() {
        Node one = node();
        Node other = node();
        Token token = copiedOn(one, other);
        LiveSession session = ((ResumeResult.Live) one.resume(token)).session();
        byte[] old = stored(token);
        one.keeper.edit(session, MetadataEdits.NONE.and("place", Optional.of("desk")));
        byte[] edited = stored(token);

        store(token, old);
        assertThat(other.refuses(token)).isFalse();
        store(token, edited);

        LiveSession seen = ((ResumeResult.Live) other.resume(token)).session();
        assertThat(seen.row().metadata()).containsEntry("place", "desk");
        other.pass(SETTLING);
        other.copies.step();
        assertThat(other.acceptsByCopy(token)).isFalse();
        assertThat(other.acceptsByCopy(token)).isTrue();
    }

    @Test
    void sessionsThatEndTogetherStayOverWhateverAMemberAnswers() {
        Node one = node();
        Node other = node();
        Token token = copiedOn(one, other);
        byte[] old = stored(token);

        one.keeper.userSessions().endAll("ann");
        store(token, old);

        assertThat(one.refuses(token) && other.refuses(token)).isTrue();
        assertThat(other.keeper.userSessions().of("ann")).isEmpty();
        sessions.twin().pass(Duration.ofSeconds(1));
        assertThat(other.refuses(sessions.begin("ann").token()))
                .as("a new session")
                .isFalse();
    }

    @Test
    void sessionThatIsSparedGoesOn() {
        Node one = node();
        Node other = node();
        Token ended = copiedOn(one, other);
        Token spared = copiedOn(one, other);
        byte[] old = stored(ended);

        assertThat(one.keeper.userSessions().endOthers("ann", spared.session())).isTrue();
        store(ended, old);

        assertThat(one.refuses(ended) && other.refuses(ended)).isTrue();
        assertThat(one.refuses(spared) || other.refuses(spared)).isFalse();
        assertThat(other.acceptsByCopy(spared))
                .as("kept of a user whose sessions have just been ended")
                .isFalse();
    }

    private byte[] stored(Token token) {
        return sessions.cache()
                .read(RowKey.of(token), Deadline.in(TERMS.patience()))
                .orElseThrow();
    }

    private void store(Token token, byte[] row) {
        assertThat(sessions.cache().swap(RowKey.of(token), stored(token), row, Deadline.in(TERMS.patience())))
                .isTrue();
    }

    @Test
    @Tag("L2")
    void whatIsChangedIsSeenByAllWhenTheCallReturns() {
        Node one = node();
        Node other = node();
        Token token = copiedOn(one, other);
        LiveSession session = ((ResumeResult.Live) one.resume(token)).session();

        one.keeper.edit(session, MetadataEdits.NONE.and("place", Optional.of("desk")));

        LiveSession seen = ((ResumeResult.Live) other.resume(token)).session();
        assertThat(seen.row().metadata()).containsEntry("place", "desk");
    }

    @Test
    @Tag("L2")
    void formerSecretIsDeadOnAllNodesAfterASignInOverTheSession() {
        Node one = node();
        Node other = node();
        Token former = copiedOn(one, other);

        assertThat(one.keeper.begin(TestSessions.signIn("ann", former))).isPresent();

        assertThat(one.refuses(former) && other.refuses(former)).isTrue();
    }

    @Test
    @Tag("L3")
    void nodeThatDoesNotAnswerDelaysTheCallByALeaseAndLetsNobodyInAfterIt() {
        Node one = node();
        Node deaf = node();
        Token token = copiedOn(one, deaf);
        deaf.seat.setDeaf(true);

        Duration time = timeOf(() -> one.keeper.end(token, Ending.SIGNED_OUT));

        assertThat(time).isGreaterThanOrEqualTo(LEASE);
        assertThat(one.copies.metrics().longestWait()).isBetween(LEASE.toNanos(), time.toNanos());
        deaf.pass(LEASE);
        assertThat(deaf.acceptsByCopy(token)).isFalse();
        assertThat(deaf.refuses(token)).isTrue();
        assertThat(one.copies.metrics().fences()).isOne();
        assertThat(board.holders().ids()).hasSize(1);
    }

    @Test
    @Tag("L4")
    void fencedNodeDropsItsCopiesAndTakesAnotherLease() {
        Node one = node();
        Node deaf = node();
        Token ended = copiedOn(one, deaf);
        Token other = copiedOn(one, deaf);
        deaf.seat.setDeaf(true);
        one.keeper.end(ended, Ending.SIGNED_OUT);

        deaf.copies.step(); // finds that it is no holder any more

        assertThat(deaf.acceptsByCopy(other)).isFalse();
        assertThat(deaf.acceptsByCopy(other)).isFalse();
        deaf.copies.step();
        assertThat(deaf.acceptsByCopy(other)).isFalse();
        assertThat(deaf.acceptsByCopy(other)).isTrue();
        assertThat(deaf.refuses(ended)).isTrue();
    }

    @Test
    void callsWaitForANodeThatAnotherOneHasFenced() {
        Node one = node();
        Node deaf = node();
        Token token = copiedOn(deaf);
        deaf.seat.setDeaf(true);
        board.write(board.holders().fenced(board.holders().ids()).encode());

        assertThat(timeOf(() -> one.keeper.end(token, Ending.SIGNED_OUT))).isGreaterThanOrEqualTo(LEASE);
        deaf.pass(LEASE);
        assertThat(deaf.acceptsByCopy(token)).isFalse();
    }

    @Test
    void rowThatWasLostMakesCallsWaitForAllLeases() {
        Node one = node();
        Node other = node();
        Token token = copiedOn(other);
        board.lose();

        try (CapturedLog log = CapturedLog.ofAll(CopyRevoker.class.getName())) {
            assertThat(timeOf(() -> one.keeper.end(token, Ending.SIGNED_OUT))).isGreaterThanOrEqualTo(LEASE);
            assertThat(log.records()).singleElement().satisfies(entry -> {
                assertThat(entry.getMessage()).contains("was missing. Written again: {0}");
                assertThat(entry.getParameters()).containsExactly(true);
            });
        }
        assertThat(board.isEmpty()).as("the next call finds a row").isFalse();
        other.copies.step();
        assertThat(other.acceptsByCopy(token)).isFalse();
        assertThat(board.holders()).isEqualTo(Holders.NONE);
        other.copies.step();
        assertThat(board.holders().ids()).hasSize(1);
    }

    @Test
    void nodeThatFindsNoRowWaitsForTheLeasesOfOthers() {
        Node node = new Node(100);

        node.copies.step();
        assertThat(board.isEmpty()).isTrue();
        node.pass(TERMS.afterFence());
        node.copies.step();
        assertThat(board.isEmpty()).isTrue();

        node.pass(Duration.ofNanos(1));
        node.copies.step();
        assertThat(board.holders().ids()).hasSize(1);
    }

    @Test
    void endsOfTheSameSessionsWaitForTheSameNodes() {
        Node one = node();
        Node deaf = node();
        Token token = copiedOn(one, deaf);
        deaf.seat.setDeaf(true);
        one.keeper.userSessions().endAll("ann");
        Node another = node();
        deaf.seat.setDeaf(true);
        board.write(board.holders().and(another.newId()).encode()); // a node that has crashed

        assertThat(timeOf(() -> another.keeper.userSessions().endAll("ann"))).isGreaterThanOrEqualTo(LEASE);
        assertThat(another.refuses(token)).isTrue();
    }

    @Test
    void nodeWithoutCopiesMakesOthersDropTheirs() {
        Node other = node();
        Node without = new Node(0);
        Token token = copiedOn(other);

        without.keeper.end(token, Ending.SIGNED_OUT);

        assertThat(other.refuses(token)).isTrue();
        assertThat(board.holders().ids()).hasSize(1);
    }

    @Test
    void changeOfTheClusterEndsTheLease() {
        Node node = node();
        Token token = copiedOn(node);

        node.seat.change();
        node.copies.step();

        assertThat(node.acceptsByCopy(token)).isFalse();
        assertThat(node.acceptsByCopy(token)).isTrue();
    }

    @Test
    void endThatCannotBeToldIsNotAcknowledged() {
        Node one = node();
        Node other = node();
        Token token = copiedOn(one, other);
        one.seat.setBroken(true);

        assertThatThrownBy(() -> one.keeper.end(token, Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);
        assertThat(one.refuses(token)).isTrue();

        one.seat.setBroken(false);
        assertThat(one.keeper.endingRetrier("shop").retry()).isTrue();
        assertThat(other.refuses(token)).isTrue();
    }

    @Test
    void copiesAreBounded() {
        Node node = joined(new Node(3));
        for (int i = 0; i < 5; i++) {
            copiedOn(node);
        }

        assertThat(node.copies.size()).isEqualTo(3);
    }

    @Test
    void nodeThatStopsLeavesNothing() {
        Node node = node();
        Token token = copiedOn(node);

        node.copies.leave();

        assertThat(board.holders()).isEqualTo(Holders.NONE);
        assertThat(node.acceptsByCopy(token)).isFalse();
        assertThat(node.copies.size()).isZero();
    }

    @Test
    void useThatIsToBeWrittenGoesToTheGrid() {
        Node node = node();
        Token token = copiedOn(node);

        sessions.twin().pass(TestSessions.TOUCH);

        assertThat(node.acceptsByCopy(token)).isFalse();
        assertThat(sessions.active(token).times().lastSeen()).isEqualTo(TestSessions.START.plus(TestSessions.TOUCH));
    }

    @Test
    void messageOfAStrangerIsNone() {
        Node node = node();
        Token token = copiedOn(node);
        for (String message : List.of(
                "",
                "drop",
                "drop x 1 key y",
                "dropped  1",
                "drop " + node.newId() + " x key y",
                "drop " + node.newId() + " 1 user y 0")) {
            node.seat.send(message.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(node.acceptsByCopy(token)).isTrue();
    }

    @Test
    void sessionOfWhoseEndANodeHearsIsDroppedThereWithoutAMessage() {
        Node node = node();
        Token ended = copiedOn(node);
        Token other = copiedOn(node);

        node.seat.hearOfEnd(RowKey.of(ended));

        assertThat(node.acceptsByCopy(ended)).isFalse();
        assertThat(node.acceptsByCopy(other)).isTrue();
    }

    /** No other node has copies, so no message is sent. */
    @Test
    void endOfAllDropsTheOwnCopyOfASessionThatIsInNoList() {
        Node node = node();
        Token hidden = copiedOn(node);
        Token bobs = sessions.begin("bob").token();
        node.resume(bobs);
        sessions.cache().hide(RowKey.of(hidden));

        node.keeper.userSessions().endAll("ann");

        assertThat(node.acceptsByCopy(hidden)).isFalse();
        assertThat(node.acceptsByCopy(bobs)).isTrue();
    }

    @Test
    @Tag("L1")
    void sessionThatIsDroppedWhileItsRowIsReadBecomesNoCopy() {
        Node node = node();
        Token token = sessions.begin("ann").token();
        Token bobs = sessions.begin("bob").token();
        List<Runnable> afterRead = new ArrayList<>();
        SessionKeeper reading = new SessionKeeper(
                sessions.rows(new PassingCache(sessions.twin()) {
                    @Override
                    public Optional<byte[]> read(RowKey key, Deadline deadline) {
                        Optional<byte[]> row = super.read(key, deadline);
                        afterRead.forEach(Runnable::run);
                        return row;
                    }
                }),
                Optional.of(node.copies),
                sessions.mint(),
                TestRows.LIMITS,
                new EventPublisher(event -> {}));
        List<Runnable> drops = List.of(
                () -> node.copies.dropEverywhere(RowKey.of(token)),
                () -> node.copies.dropEverywhere(token.user(), Epoch.NONE));

        for (Runnable drop : drops) {
            afterRead.clear();
            afterRead.add(drop);
            assertThat(reading.resume(token.reveal(), TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Live.class);
            assertThat(node.acceptsByCopy(token)).isFalse();
            assertThat(reading.resume(bobs.reveal(), TestSessions.ACTIVE)).isInstanceOf(ResumeResult.Live.class);
            assertThat(node.acceptsByCopy(bobs)).as("of another user").isTrue();
            node.copies.drop(RowKey.of(token));
            node.copies.drop(RowKey.of(bobs));
        }
    }

    @Test
    void twoNodesThatJoinAtTheSameMomentAreBothHolders() {
        Node one = node();
        Node other = new Node(100);
        other.seat.onNextReplace(() -> node());

        other.copies.step();

        assertThat(board.holders().ids()).hasSize(3);
        Token token = copiedOn(one, other);
        one.keeper.end(token, Ending.SIGNED_OUT);
        assertThat(other.acceptsByCopy(token)).isFalse();
    }

    @Test
    void changeOfARowThatOthersChangeAllTheTimeFailsAtItsDeadline() {
        Node node = node();
        Holders before = board.holders();
        node.seat.onNextReplace(() -> board.write(before.and(node.newId()).encode()));

        assertThatThrownBy(() ->
                        LeaseKeeper.change(node.seat, holders -> holders.and(node.newId()), Deadline.in(Duration.ZERO)))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("change all the time");
    }

    @Test
    void nodeTakesNoLeaseIfTheRowIsLostWhileItJoins() {
        node();
        Node node = new Node(100);
        AtomicInteger reads = new AtomicInteger();
        node.seat.onRead(() -> {
            if (reads.incrementAndGet() == 2) {
                board.lose();
            }
        });

        assertThatThrownBy(node.copies::step)
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("is gone");

        assertThat(board.isEmpty()).isTrue();
        assertThat(node.copies.metrics().renewals()).isZero();
        Token token = sessions.begin("ann").token();
        assertThat(node.acceptsByCopy(token)).isFalse();
        assertThat(node.acceptsByCopy(token)).isFalse();
    }

    /** The thread of one node keeps its lease, while that of another waits for an answer of the grid. */
    @Test
    void threadKeepsTheLeaseUntilTheNodeIsClosedAndCloseWaitsForIt() throws Exception {
        board.write(Holders.NONE.encode());
        Board.Seat slow = board.seat();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        slow.onRead(() -> {
            asked.countDown();
            await(answered);
        });
        SessionCopies one = SessionCopies.open(slow, 1, random, named("slow node"));
        SessionCopies other = SessionCopies.open(board.seat(), 1, random, named("other node"));
        until(() -> asked.getCount() == 0 && other.metrics().renewals() > 0);
        assertThat(board.holders().ids()).hasSize(1);

        AtomicBoolean isInterrupted = new AtomicBoolean();
        Thread impatient = new Thread(() -> {
            Thread.currentThread().interrupt();
            one.close();
            isInterrupted.set(Thread.interrupted());
        });
        impatient.start();
        impatient.join();
        assertThat(isInterrupted).as("an interrupt is left to the caller").isTrue();

        Thread closing = new Thread(one::close);
        closing.start();
        until(() -> !closing.isAlive() || closing.getState() == Thread.State.TIMED_WAITING);
        boolean isWaiting = closing.isAlive();
        answered.countDown();
        closing.join();
        assertThat(isWaiting).as("while the grid was awaited").isTrue();

        assertThat(one.metrics().renewals()).isOne();
        assertThat(board.holders().ids()).as("the other one").hasSize(1);
        other.close();
        assertThat(board.holders()).isEqualTo(Holders.NONE);
        assertThat(threads()).doesNotContain(named("slow node"), named("other node"));
    }

    @Test
    void threadGoesOnAfterAFailureAndLogsWhetherItWasToBeExpected() {
        board.write(Holders.NONE.encode());
        RuntimeException expected = new PosternException("no answer");
        RuntimeException fault = new UnsupportedOperationException("a fault");
        try (CapturedLog log = CapturedLog.ofAll(SessionCopies.class.getName());
                SessionCopies unanswered = failingOnce(expected);
                SessionCopies faulty = failingOnce(fault)) {
            until(() -> unanswered.metrics().renewals() > 0 && faulty.metrics().renewals() > 0);

            assertThat(log.records())
                    .extracting(LogRecord::getLevel, LogRecord::getThrown)
                    .contains(tuple(Level.FINE, expected), tuple(Level.WARNING, fault));
        }
    }

    private SessionCopies failingOnce(RuntimeException failure) {
        Board.Seat seat = board.seat();
        seat.onRead(() -> {
            seat.onRead(() -> {});
            throw failure;
        });
        return SessionCopies.open(seat, 1, random, named("node"));
    }

    @Test
    void nodeWithoutCopiesHasNoThread() {
        SessionCopies without = SessionCopies.open(board.seat(), 0, random, named("idle node"));

        assertThat(threads()).doesNotContain(named("idle node"));
        without.close();
    }

    /** A name that the threads of no other test have. */
    private String named(String node) {
        return node + " of " + test;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void until(BooleanSupplier isSo) {
        Deadline deadline = TestSessions.soon();
        while (!isSo.getAsBoolean()) {
            assertThat(deadline.nanosLeft()).isPositive();
            Thread.onSpinWait();
        }
    }

    @Test
    @Tag("G11")
    void copyOfASessionWhoseEndIsPendingAdmitsNobody() {
        Node node = node();
        Token token = copiedOn(node);
        sessions.twin().setBroken(true);

        assertThatThrownBy(() -> node.keeper.end(token, Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);

        assertThatThrownBy(() -> node.resume(token)).isInstanceOf(PosternException.class);
    }

    @Test
    @Tag("L1")
    void sessionOfAStolenTokenIsRefusedByAllOnceTheTheftIsFound() {
        Node one = node();
        Node other = node();
        Token stolen = sessions.begin("ann").token();
        Token current = sessions.renewed(stolen);
        sessions.twin().pass(TestSessions.GRACE.multipliedBy(4));
        sessions.live(current);
        assertThat(other.acceptsByCopy(current)).isFalse();
        assertThat(other.acceptsByCopy(current)).isTrue();

        assertThat(one.resume(stolen)).isInstanceOf(ResumeResult.Reused.class);

        assertThat(other.refuses(current)).isTrue();
    }
}
