package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("B4")
class BulkheadTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration NEVER = Duration.ofNanos(-1);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
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
}
