package dev.postern.session.ending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Ending;
import dev.postern.PosternException;
import dev.postern.session.SessionKeeper;
import dev.postern.session.SignInRequest;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.event.EventPublisher;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.SessionRow;
import dev.postern.session.row.TestRows;
import dev.postern.session.token.Token;
import dev.postern.testing.InMemoryCredentialsCache;
import dev.postern.testing.PassingCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ending sessions in the background. */
class EndingRetrierTest {

    private final String namespace = UUID.randomUUID().toString();
    private final CountDownLatch ended = new CountDownLatch(2);
    private final TestSessions sessions = new TestSessions();
    private final InMemoryCredentialsCache twin = sessions.twin();
    private final SessionKeeper keeper = new SessionKeeper(
            sessions.rows(twin), sessions.mint(), TestRows.LIMITS, new EventPublisher(event -> ended.countDown()));
    private final EndingRetrier retrier = keeper.endingRetrier(namespace).start();

    @AfterEach
    void stop() {
        retrier.close();
    }

    @Test
    void endsTheSessionOnceTheGridIsBackAndThenItsThread() throws Exception {
        Token token = beginAndEndInVain();
        Thread thread = thread().orElseThrow();
        assertThat(thread.isDaemon()).isTrue();

        twin.setBroken(false);

        assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue(); // created, then ended
        assertThat(sessions.row(token)).containsInstanceOf(SessionRow.Revoked.class);
        thread.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void worksAgainAfterItHadNothingToDo() throws Exception {
        endsTheSessionOnceTheGridIsBackAndThenItsThread();

        Token token = sessions.begin("ann").token();
        twin.setBroken(true);
        assertThatThrownBy(() -> keeper.end(token, Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);

        assertThat(thread()).isPresent();
    }

    @Test
    void leavesNoThreadWhenItIsClosed() {
        beginAndEndInVain();
        Thread thread = thread().orElseThrow();

        retrier.close();
        retrier.close();

        assertThat(thread.isAlive()).isFalse();
        keeper.endLater(sessions.mint().first(sessions.mint().userHandle("bob")), Ending.SIGNED_OUT);
        assertThat(thread()).isEmpty();
    }

    private Token beginAndEndInVain() {
        Token token = keeper.begin(new SignInRequest(TestSessions.user("ann"), false, Optional.empty(), draft -> {}))
                .orElseThrow()
                .token();
        twin.setBroken(true);
        assertThatThrownBy(() -> keeper.end(token, Ending.SIGNED_OUT)).isInstanceOf(PosternException.class);
        return token;
    }

    private Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("postern-endings-" + namespace))
                .findFirst();
    }

    @Test
    void pausesDoubleUpToFourSecondsAsLongAsTheGridDoesNotAnswer() {
        beginAndEndInVain();
        List<Duration> pauses = new ArrayList<>();
        Duration pause = Duration.ofMillis(250);
        for (int round = 0; round < 5; round++) {
            pause = retrier.retryAfter(pause);
            pauses.add(pause);
        }
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(500L, 1000L, 2000L, 4000L, 4000L);

        twin.setBroken(false);
        assertThat(retrier.retryAfter(pause)).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void threadEndsWhenItIsInterrupted() throws Exception {
        beginAndEndInVain();
        Thread thread = thread().orElseThrow();

        thread.interrupt();

        thread.join(TimeUnit.SECONDS.toMillis(20));
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void closeEndsTheThreadInACallOfTheGrid() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        EndingRetrier slow = retrierOver(() -> {
            asked.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new PosternException("The call was interrupted.", e);
            }
        });
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        Thread thread = thread().orElseThrow();

        slow.close();

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void closeWaitsForACallOfTheGridThatCannotBeInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        EndingRetrier slow = retrierOver(() -> {
            asked.countDown();
            awaitInSpiteOfInterrupts(answered);
        });
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        AtomicBoolean isInterrupted = new AtomicBoolean();
        Thread impatient = new Thread(() -> {
            Thread.currentThread().interrupt();
            slow.close();
            isInterrupted.set(Thread.interrupted());
        });
        impatient.start();
        impatient.join();
        assertThat(isInterrupted).as("an interrupt is left to the caller").isTrue();

        Thread closing = new Thread(slow::close);
        closing.start();
        while (closing.isAlive() && closing.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        boolean isWaiting = closing.isAlive();
        answered.countDown();
        closing.join();
        assertThat(isWaiting).as("while the call was under way").isTrue();
        assertThat(thread()).isEmpty();
    }

    private static void awaitInSpiteOfInterrupts(CountDownLatch latch) {
        Deadline deadline = TestSessions.soon();
        while (latch.getCount() > 0 && deadline.nanosLeft() > 0) {
            Thread.onSpinWait();
        }
    }

    /** A retrier that is started and has an ending to retry. Its thread runs the action before each read. */
    private EndingRetrier retrierOver(Runnable beforeRead) {
        SessionKeeper other = new SessionKeeper(
                sessions.rows(new PassingCache(twin) {
                    @Override
                    public Optional<byte[]> read(RowKey key, Deadline deadline) {
                        if (Thread.currentThread().getName().equals("postern-endings-" + namespace)) {
                            beforeRead.run();
                        }
                        return super.read(key, deadline);
                    }
                }),
                sessions.mint(),
                TestRows.LIMITS,
                new EventPublisher(event -> {}));
        EndingRetrier started = other.endingRetrier(namespace).start();
        other.endLater(sessions.begin("ann").token(), Ending.SIGNED_OUT);
        return started;
    }
}
