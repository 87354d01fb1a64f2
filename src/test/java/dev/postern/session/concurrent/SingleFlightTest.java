package dev.postern.session.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private static final int MOST = 64;

    private final SingleFlight<RowKey> lookups = new SingleFlight<>(MOST, "The store");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final AtomicInteger made = new AtomicInteger();

    @AfterEach
    void stop() {
        answer.countDown();
        threads.shutdownNow();
    }

    private String slow(String result) {
        made.incrementAndGet();
        begun.countDown();
        awaitAnswer();
        return result;
    }

    private void awaitAnswer() {
        try {
            answer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    @Test
    void oneLooksAKeyUpAndOthersWaitAndLookAtTheGrid() throws Exception {
        RowKey key = TestRows.key();
        Future<String> first = threads.submit(() -> lookups.once(key, () -> slow("restored"), () -> "", soon()));
        begun.await();
        CountDownLatch waiting = new CountDownLatch(5);
        Callable<String> other = () -> {
            waiting.countDown();
            return lookups.once(key, () -> "looked up again", () -> "in the grid", soon());
        };
        List<Future<String>> others = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            others.add(threads.submit(other));
        }
        waiting.await();
        RowKey another = TestRows.key();
        assertThat(lookups.<String>once(another, () -> "another key", () -> "", soon()))
                .isEqualTo("another key");

        answer.countDown();

        assertThat(first.get()).isEqualTo("restored");
        for (Future<String> one : others) {
            assertThat(one.get()).isIn("in the grid", "looked up again"); // it may have come late
        }
        assertThat(made).hasValue(1);
        assertThat(lookups.<String>once(key, () -> "later", () -> "", soon())).isEqualTo("later");
    }

    @Test
    void othersWaitUntilTheirOwnDeadline() throws Exception {
        RowKey key = TestRows.key();
        Future<String> first = threads.submit(() -> lookups.once(key, () -> slow("restored"), () -> "", soon()));
        begun.await();

        assertThatThrownBy(() -> lookups.once(key, () -> "", () -> "", Deadline.in(Duration.ofMillis(5))))
                .isInstanceOf(PosternException.class)
                .hasMessageStartingWith("The store");

        answer.countDown();
        assertThat(first.get()).isEqualTo("restored");
    }

    @Test
    void failureIsTheAnswerToThoseWhoWait() throws Exception {
        RowKey key = TestRows.key();
        Future<String> first = threads.submit(() -> lookups.once(
                key,
                () -> {
                    slow("");
                    throw new PosternException("The store is down.");
                },
                () -> "",
                soon()));
        begun.await();
        CountDownLatch waiting = new CountDownLatch(1);
        Future<String> other = threads.submit(() -> {
            waiting.countDown();
            return lookups.once(key, () -> "looked up", () -> "grid", soon());
        });
        waiting.await();
        answer.countDown();

        assertThatThrownBy(first::get).hasRootCauseMessage("The store is down.");
        try {
            assertThat(other.get()).isEqualTo("looked up"); // it came late
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(PosternException.class);
        }
    }

    @Test
    void onlySoManyAreMadeAtOnceAndOthersWaitUntilTheirDeadline() throws Exception {
        CountDownLatch all = new CountDownLatch(MOST);
        List<Future<String>> running = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            running.add(threads.submit(() -> lookups.once(
                    TestRows.key(),
                    () -> {
                        all.countDown();
                        return slow("restored");
                    },
                    () -> "",
                    soon())));
        }
        all.await();

        assertThat(lookups.isBusy()).isTrue();
        assertThatThrownBy(() -> lookups.once(TestRows.key(), () -> "", () -> "", Deadline.in(Duration.ofMillis(5))))
                .isInstanceOf(PosternException.class)
                .hasMessage("The store has too many requests to answer.");
        Future<String> waiting = threads.submit(() -> lookups.limited(() -> "in time", soon()));
        answer.countDown();

        assertThat(waiting.get()).isEqualTo("in time");
        for (Future<String> one : running) {
            assertThat(one.get()).isEqualTo("restored");
        }
        assertThat(lookups.isBusy()).isFalse();
    }

    @Test
    void interruptEndsTheWait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> lookups.limited(() -> "", soon())).isInstanceOf(PosternException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
