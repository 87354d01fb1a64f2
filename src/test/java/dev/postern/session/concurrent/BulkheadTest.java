package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B4")
class BulkheadTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration NEVER = Duration.ofNanos(-1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Thread> started = new ArrayList<>();
    private final Queue<Optional<Bulkhead.Permit>> entered = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
        started.forEach(Thread::interrupt);
    }

    @Test
    void soMuchAtOnceAndNoMore() {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(3, 2, 0, 0, NEVER), LONG);
        Bulkhead.Permit first = bulkhead.enter("a").orElseThrow();
        assertThat(bulkhead.enter("a")).isPresent();
        assertThat(bulkhead.enter("a")).as("a third of one client").isEmpty();
        assertThat(bulkhead.enter("b")).isPresent();
        assertThat(bulkhead.enter("b")).as("a fourth of all").isEmpty();

        first.close();
        first.close();
        assertThat(bulkhead.enter("b")).isPresent();
        assertThat(bulkhead.enter("c")).isEmpty();
    }

    @Test
    void turnComesWhenAnotherIsOver() throws Exception {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 1, 1, NEVER), LONG);
        Bulkhead.Permit held = bulkhead.enter("a").orElseThrow();
        Future<Optional<Bulkhead.Permit>> next = threads.submit(() -> bulkhead.enter("a"));

        held.close();

        assertThat(next.get(20, TimeUnit.SECONDS)).isPresent();
        Future<Optional<Bulkhead.Permit>> another = threads.submit(() -> bulkhead.enter("b"));
        assertThat(another).as("while that is held").failsWithin(Duration.ofMillis(100));
    }

    @Test
    void noMoreWaitThanAllowed() throws Exception {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(2, 1, 3, 2, NEVER), LONG);
        assertThat(bulkhead.enter("a")).isPresent();
        List<Future<Optional<Bulkhead.Permit>>> waiting = new ArrayList<>();
        for (int thread = 0; thread < 10; thread++) {
            waiting.add(threads.submit(() -> bulkhead.enter("a")));
        }
        for (int refused = 0; refused < 8; refused++) {
            assertThat(awaitAnyDone(waiting)).isEmpty();
        }
        assertThat(waiting).hasSize(2).noneMatch(Future::isDone);
        assertThat(bulkhead.enter("b")).as("another client").isPresent();
    }

    @Test
    @Tag("B6")
    void moreWaitWhereTurnsAreShort() throws Exception {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 1, 1, Duration.ofHours(1)), LONG);
        Bulkhead.Permit held = bulkhead.enter("a").orElseThrow();
        List<Future<Boolean>> waiting = new ArrayList<>();
        for (int thread = 0; thread < 30; thread++) {
            waiting.add(threads.submit(() -> comes(bulkhead)));
        }
        held.close();

        for (Future<Boolean> turn : waiting) {
            assertThat(turn.get(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static boolean comes(Bulkhead bulkhead) {
        Optional<Bulkhead.Permit> turn = bulkhead.enter("a");
        turn.ifPresent(Bulkhead.Permit::close);
        return turn.isPresent();
    }

    @Test
    void noMoreWaitThanAllowedWhereTurnsHaveTakenLong() throws Exception {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 1, 1, Duration.ofNanos(1)), LONG);
        for (int turn = 0; turn < 100; turn++) {
            comes(bulkhead);
        }
        assertThat(bulkhead.enter("a")).isPresent();
        List<Future<Optional<Bulkhead.Permit>>> waiting = new ArrayList<>();
        waiting.add(threads.submit(() -> bulkhead.enter("a")));
        waiting.add(threads.submit(() -> bulkhead.enter("a")));

        assertThat(awaitAnyDone(waiting)).isEmpty();
    }

    @SuppressWarnings("CollectionUndefinedEquality") // each future is itself alone
    private static Optional<Bulkhead.Permit> awaitAnyDone(List<Future<Optional<Bulkhead.Permit>>> futures)
            throws Exception {
        while (true) {
            for (Future<Optional<Bulkhead.Permit>> future : futures) {
                if (future.isDone()) {
                    futures.remove(future);
                    return future.get();
                }
            }
            Thread.onSpinWait();
        }
    }

    @Test
    void waitEndsWithThePatience() {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 1, 1, NEVER), Duration.ofMillis(5));
        assertThat(bulkhead.enter("a")).isPresent();

        assertThat(bulkhead.enter("a")).isEmpty();
        assertThat(bulkhead.enter("b")).isEmpty();
    }

    @Test
    void threadThatIsInterruptedWaitsNoLonger() {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 1, 1, NEVER), LONG);
        assertThat(bulkhead.enter("a")).isPresent();
        Thread.currentThread().interrupt();

        assertThat(bulkhead.enter("a")).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Or a client could make other clients wait, by more threads than one bulkhead has places. */
    @Test
    void noMoreWaitInAllThanAllowed() {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 2, 2, NEVER), LONG);
        assertThat(bulkhead.enter("a")).isPresent();

        assertThat(waits(bulkhead, "b")).isTrue();
        assertThat(waits(bulkhead, "c")).isTrue();
        assertThat(waits(bulkhead, "d")).isFalse();
    }

    @Test
    void threadWhoseWaitIsOverLeavesItsPlaceToTheNext() throws Exception {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 1, 1, NEVER), LONG);
        Bulkhead.Permit held = bulkhead.enter("a").orElseThrow();
        Thread next = thread(bulkhead, "a");
        held.close();
        next.join();

        assertThat(waits(bulkhead, "a")).isTrue();
    }

    @Test
    @Tag("B6")
    void noMoreThan128WaitHoweverShortTurnsAre() {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 0, 0, Duration.ofHours(1)), LONG);
        assertThat(bulkhead.enter("a")).isPresent();
        for (int thread = 0; thread < Bulkhead.MOST_WAITING; thread++) {
            assertThat(waits(bulkhead, "a")).isTrue();
        }

        assertThat(waits(bulkhead, "a")).isFalse();
    }

    /** Permits have taken two milliseconds on average, and two of a client's wait for its two. */
    @Test
    @Tag("B6")
    void furtherThreadOfAClientWaitsIfItsTurnIsExpectedSoon() {
        Duration expected = Duration.ofMillis(2);

        assertThat(secondWaits(bulkheadAfterSomeWork(4, 2, expected), "a", "a")).isTrue();
        assertThat(secondWaits(bulkheadAfterSomeWork(4, 2, expected.minusNanos(1)), "a", "a"))
                .isFalse();
    }

    /** Permits have taken two milliseconds on average, and threads of two clients wait for the two of all. */
    @Test
    @Tag("B6")
    void threadOfAnotherClientWaitsIfItsTurnIsExpectedSoonAmongAll() {
        Duration expected = Duration.ofMillis(2);

        assertThat(secondWaits(bulkheadAfterSomeWork(2, 2, expected), "b", "c")).isTrue();
        assertThat(secondWaits(bulkheadAfterSomeWork(2, 2, expected.minusNanos(1)), "b", "c"))
                .isFalse();
    }

    /** The mean is that of the last permits: from nothing 16 milliseconds make it one, and then 17 make it two. */
    private static Bulkhead bulkheadAfterSomeWork(int most, int mostOfOne, Duration soon) {
        AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(most, mostOfOne, 1, 1, soon), LONG, nanos::get);
        for (int millis : new int[] {16, 17}) {
            Bulkhead.Permit permit = bulkhead.enter("a").orElseThrow();
            nanos.addAndGet(Duration.ofMillis(millis).toNanos());
            permit.close();
        }
        return bulkhead;
    }

    /** Whether the second of these clients waits, while two threads work and one of the first waits by its own right. */
    private boolean secondWaits(Bulkhead bulkhead, String first, String second) {
        assertThat(bulkhead.enter("a")).isPresent();
        assertThat(bulkhead.enter("a")).isPresent();
        assertThat(waits(bulkhead, first)).isTrue();
        return waits(bulkhead, second);
    }

    /** Or the heap of a node would grow with the number of its clients. */
    @Test
    void clientIsForgottenWhenNoThreadWorksOrWaitsForIt() throws Exception {
        Bulkhead bulkhead = new Bulkhead(new Bulkhead.Limits(1, 1, 0, 0, NEVER), LONG);
        Bulkhead.Permit held = bulkhead.enter("a").orElseThrow();
        assertThat(bulkhead.enter("b")).isEmpty();
        assertThat(bulkhead.clients()).isOne();

        held.close();
        assertThat(bulkhead.clients()).isZero();
        assertThat(threads.submit(() -> bulkhead.enter("c")).get(20, TimeUnit.SECONDS))
                .isPresent();
    }

    /** Whether a further thread waits, until the test is over. If not, the bulkhead has answered it. */
    private boolean waits(Bulkhead bulkhead, String client) {
        return thread(bulkhead, client).isAlive();
    }

    /** A thread that has entered, was refused, or waits. */
    private Thread thread(Bulkhead bulkhead, String client) {
        Thread thread = new Thread(() -> entered.add(bulkhead.enter(client)));
        thread.setDaemon(true);
        started.add(thread);
        thread.start();
        while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }
}
