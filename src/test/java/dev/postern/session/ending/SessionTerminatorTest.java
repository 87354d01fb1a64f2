package dev.postern.session.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.SessionEvent;
import dev.postern.SessionEvent.Ended;
import dev.postern.session.SessionKeeper;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow.Active;
import dev.postern.session.row.SessionRow.Epoch;
import dev.postern.session.row.SessionRow.Revoked;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.RowCopies;
import dev.postern.session.token.Handle;
import dev.postern.session.token.Token;
import dev.postern.testing.PassingCache;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ends several sessions at once. */
class SessionTerminatorTest {

    private final TestSessions sessions = new TestSessions();
    private final List<Token> tokens = Stream.of("ann", "ann", "ann")
            .map(name -> sessions.begin(name).token())
            .toList();
    private final List<Integer> sizes = new ArrayList<>();
    private final List<SessionEvent> events = new ArrayList<>();
    private boolean isOvertaken;
    private boolean isBrokenAfterwards;
    private int others;
    private int mostInTime = Integer.MAX_VALUE;
    private boolean isFailing;

    /** Notes the sizes of the groups of swaps, and can have other requests overtake all of them. */
    private final PassingCache cache = new PassingCache(sessions.twin()) {

        @Override
        public void swapAll(Collection<Swap> swaps, Consumer<RowKey> made, Deadline deadline) {
            sizes.add(swaps.size());
            if (!isOvertaken) {
                int before = others;
                super.swapAll(swaps.stream().limit(mostInTime).toList(), made, deadline);
                others = before;
            }
            if (isFailing) {
                throw new PosternException("The grid or the database did not answer.");
            }
            sessions.twin().setBroken(isBrokenAfterwards);
        }

        @Override
        public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
            others++;
            return super.swap(key, seen, next, deadline);
        }
    };

    private final SessionKeeper keeper =
            new SessionKeeper(sessions.rows(cache), sessions.mint(), TestRows.LIMITS, new EventPublisher(events::add));

    @Test
    @Tag("G17")
    void endsAllSessionsOfAUserWithOneCallOfTheGrid() {
        keeper.userSessions().endAll("ann");

        assertThat(sizes).containsExactly(3);
        assertThat(others).isZero();
        assertThat(tokens).allSatisfy(token -> assertThat(sessions.row(token)).containsInstanceOf(Revoked.class));
    }

    @Test
    @Tag("H-05")
    void endsOneByOneThoseThatOtherRequestsHaveChangedMeanwhile() {
        isOvertaken = true;

        keeper.userSessions().endAll("ann");

        assertThat(tokens).allSatisfy(token -> assertThat(sessions.row(token)).containsInstanceOf(Revoked.class));
        assertThat(events).hasSize(3).allMatch(event -> event instanceof Ended);
    }

    @Test
    @Tag("G11")
    void endsAllOfThoseLaterIfTheGridDoesNotAnswerThen() {
        isOvertaken = true;
        isBrokenAfterwards = true;
        assertThatThrownBy(() -> keeper.userSessions().endAll("ann")).isInstanceOf(PosternException.class);

        sessions.twin().setBroken(false);
        assertThat(keeper.endingRetrier("test").retry()).isTrue();

        assertThat(tokens).allSatisfy(token -> assertThat(sessions.row(token)).containsInstanceOf(Revoked.class));
    }

    @Test
    @Tag("G17")
    void slowGridThatEndsSomeInTimeEndsAll() {
        mostInTime = 1;

        keeper.userSessions().endAll("ann");

        assertThat(sizes).containsExactly(3, 2, 1);
        assertThat(tokens).allSatisfy(token -> assertThat(sessions.row(token)).containsInstanceOf(Revoked.class));
        assertThat(events).hasSize(3).allMatch(event -> event instanceof Ended);
    }

    /** It may be the database that lacks them. */
    @Test
    @Tag("G11")
    void failureIsNoSuccessAlthoughSomeWereEnded() {
        mostInTime = 1;
        isFailing = true;

        assertThatThrownBy(() -> keeper.userSessions().endAll("ann")).isInstanceOf(PosternException.class);

        assertThat(sizes).containsExactly(3);
    }

    @Test
    @Tag("G12")
    void slowGridIsAskedForManyAtOnceSoManyTimesOnly() {
        for (int i = 0; i < SessionTerminator.MOST_ROUNDS; i++) {
            sessions.begin("ann");
        }
        mostInTime = 1;

        keeper.userSessions().endAll("ann"); // the others one by one, before one deadline

        assertThat(sizes).hasSize(SessionTerminator.MOST_ROUNDS);
        assertThat(keeper.userSessions().of("ann")).isEmpty();
    }

    @Test
    @Tag("L1")
    void copiesOfManyAreDroppedWithOneCall() {
        isOvertaken = true;
        List<String> dropped = new ArrayList<>();
        SessionKeeper copying = new SessionKeeper(
                sessions.rows(cache).with(new NotedCopies(dropped)),
                sessions.mint(),
                TestRows.LIMITS,
                new EventPublisher(events::add));

        copying.userSessions().endAll("ann");

        assertThat(tokens).allSatisfy(token -> assertThat(sessions.row(token)).containsInstanceOf(Revoked.class));
        assertThat(dropped).containsExactly("user");
    }

    /** Notes for whom other nodes are waited for. */
    private record NotedCopies(List<String> dropped) implements RowCopies {

        @Override
        public void drop(RowKey key) {}

        @Override
        public void dropEverywhere(RowKey key) {
            dropped.add("session");
        }

        @Override
        public void dropEverywhere(Handle user, Epoch epoch) {
            dropped.add("user");
        }

        @Override
        public void endEverywhere(RowKey key) {
            dropped.add("session");
        }

        @Override
        public boolean hasEnded(RowKey key, Active row) {
            return false;
        }
    }
}
