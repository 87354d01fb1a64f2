package dev.postern.session.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.LiveSession;
import dev.postern.session.MetadataEdits;
import dev.postern.session.ResumeResult;
import dev.postern.session.SessionKeeper;
import dev.postern.session.TestSessions;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Some nodes that keep copies, over one store: what counts when a call returns. */
@Tag("L1")
class SessionCopiesTest {

    private static final Duration LEASE = Duration.ofMillis(400);
    private static final LeaseTerms TERMS =
            new LeaseTerms(LEASE, Duration.ofMillis(100), Duration.ofMillis(30), Duration.ofSeconds(1));

    private final TestSessions sessions = new TestSessions();
    private final Board board = new Board();
    private final Random random = new Random(1);
    private final List<Node> nodes = new ArrayList<>();

    /** A node whose lease is kept by hand, under a clock that the test moves. */
    private final class Node {

        private final Board.Seat seat = board.seat();
        private final AtomicLong ahead = new AtomicLong();
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

        assertThat(timeOf(() -> one.keeper.end(token, Ending.SIGNED_OUT))).isGreaterThanOrEqualTo(LEASE);
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

        assertThat(timeOf(() -> one.keeper.end(token, Ending.SIGNED_OUT))).isGreaterThanOrEqualTo(LEASE);
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
        node.pass(LEASE);
        node.copies.step();
        assertThat(board.isEmpty()).isTrue();

        node.pass(LEASE);
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
        for (String message :
                List.of("", "drop", "drop x 1 key y", "dropped  1", "drop " + node.newId() + " x key y")) {
            node.seat.send(message.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(node.acceptsByCopy(token)).isTrue();
    }
}
