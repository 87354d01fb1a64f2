package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GridThreadsTest {

    private final String namespace = "threads-" + UUID.randomUUID();
    private final GridThreads threads = new GridThreads(namespace);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        threads.close();
    }

    @Test
    void runsNoMoreThanItsNumberAtOnce() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 3 * GridThreads.THREADS; i++) {
            tasks.add(threads.begin(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                boolean wasReleased = release.await(1, TimeUnit.MINUTES);
                running.decrementAndGet();
                return wasReleased;
            }));
        }

        release.countDown();

        for (FutureTask<Boolean> task : tasks) {
            assertThat(task.get(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(most.get()).isPositive().isLessThanOrEqualTo(GridThreads.THREADS);
    }

    @Test
    void neverStartsWhatNobodyWaitsForAnyMore() throws Exception {
        occupyAllThreads();
        AtomicBoolean hasRun = new AtomicBoolean();
        FutureTask<Boolean> abandoned = threads.begin(() -> hasRun.getAndSet(true));
        FutureTask<Boolean> next = threads.begin(() -> true);

        threads.abandon(abandoned);
        release.countDown();

        assertThat(next.get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(hasRun).isFalse();
    }

    @Test
    void givesThePlaceOfAnAbandonedCallToTheNext() throws Exception {
        occupyAllThreads();
        List<FutureTask<Boolean>> waiting = new ArrayList<>();
        for (int i = 0; i < GridThreads.WAITING; i++) {
            waiting.add(threads.begin(() -> true));
        }
        assertThatThrownBy(() -> threads.begin(() -> true))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("Too many calls");

        threads.abandon(waiting.get(7));

        FutureTask<Boolean> last = threads.begin(() -> true);
        release.countDown();
        assertThat(last.get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void refusesAfterItIsClosed() {
        threads.close();
        threads.close();

        assertThatThrownBy(() -> threads.begin(() -> true)).isInstanceOf(PosternException.class);
    }

    @Test
    void cancelsWhatStillWaitsWhenItIsClosed() throws Exception {
        occupyAllThreads();
        FutureTask<Boolean> waiting = threads.begin(() -> true);

        threads.close();

        assertThat(waiting.isCancelled()).isTrue();
    }

    @Test
    void leavesNoThreadWhenItIsClosed() throws Exception {
        occupyAllThreads();
        assertThat(Remains.threads(namespace)).hasSize(GridThreads.THREADS);

        threads.close();

        Remains.awaitNoThread(namespace, Duration.ofSeconds(10));
    }

    @Test
    void givesItsThreadsTheLibrarysOwnClassLoader() throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(new ClassLoader(before) {});
        try {
            FutureTask<ClassLoader> task =
                    threads.begin(() -> Thread.currentThread().getContextClassLoader());
            assertThat(task.get(1, TimeUnit.MINUTES)).isSameAs(GridThreads.class.getClassLoader());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    void keepsNoJvmAlive() throws Exception {
        assertThat(threads.begin(() -> Thread.currentThread().isDaemon()).get(1, TimeUnit.MINUTES))
                .isTrue();
    }

    private void occupyAllThreads() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(GridThreads.THREADS);
        for (int i = 0; i < GridThreads.THREADS; i++) {
            FutureTask<Boolean> unused = threads.begin(() -> {
                busy.countDown();
                return release.await(1, TimeUnit.MINUTES);
            });
        }
        assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
