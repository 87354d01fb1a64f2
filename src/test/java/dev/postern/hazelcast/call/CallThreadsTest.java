package dev.postern.hazelcast.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.LeakedThreads;
import dev.postern.session.concurrent.Deadline;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CallThreadsTest {

    private final String namespace = "threads-" + UUID.randomUUID();
    private final CallThreads threads = new CallThreads(namespace, true);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        threads.close();
    }

    @Test
    @Tag("S-51")
    @Tag("S-61")
    @Tag("I13")
    void runsSoManyAtOnceAndRefusesMore() throws Exception {
        occupyAllThreads();

        assertThatThrownBy(() -> begin(() -> true))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("Too many calls");
        release.countDown();
        assertThat(begin(() -> true).get(1, TimeUnit.MINUTES)).isTrue();
    }

    /** As in a burst of sign-ins. */
    @Test
    @Tag("G13")
    void waitsAMomentForAThread() throws Exception {
        occupyAllThreads();
        Thread releasing = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(CallThreads.PATIENCE.toMillis() / 5);
                release.countDown();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        releasing.start();

        assertThat(begin(() -> true).get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(release.getCount()).isZero();
        releasing.join();
    }

    @Test
    @Tag("I13")
    void waitsForNoThreadPastTheDeadline() throws Exception {
        occupyAllThreads();
        Deadline passed = Deadline.in(Duration.ZERO);
        long began = System.nanoTime();

        assertThatThrownBy(() -> threads.begin(() -> true, passed)).isInstanceOf(PosternException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(CallThreads.PATIENCE);
    }

    @Test
    void staysInterruptedWhenItsWaitIs() throws Exception {
        occupyAllThreads();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> begin(() -> true)).isInstanceOf(PosternException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @Tag("G2")
    void lateCallKeepsNoOtherWaiting() throws Exception {
        for (int i = 0; i < CallThreads.MOST - 1; i++) {
            FutureTask<Boolean> unused = begin(() -> release.await(1, TimeUnit.MINUTES));
        }

        assertThat(begin(() -> true).get(1, TimeUnit.MINUTES)).isTrue();
        assertThat(release.getCount()).isPositive();
    }

    @Test
    @Tag("G13")
    void readsThatHangKeepNeitherCallsNorOtherReadsOut() throws Exception {
        for (int i = 0; i < CallThreads.MOST_READS; i++) {
            assertThat(threads.beginRead(() -> release.await(1, TimeUnit.MINUTES)))
                    .isPresent();
        }

        assertThat(threads.beginRead(() -> true)).isEmpty();
        assertThat(begin(() -> true).get(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void runsNoReadWhereItHasNoThreadsForThem() {
        try (CallThreads none = new CallThreads(namespace, false)) {
            assertThat(none.beginRead(() -> true)).isEmpty();
        }
    }

    @Test
    void refusesAfterItIsClosed() {
        threads.close();
        threads.close();

        assertThatThrownBy(() -> begin(() -> true)).isInstanceOf(PosternException.class);
        assertThat(threads.beginRead(() -> true)).isEmpty();
    }

    @Test
    void leavesNoThreadWhenItIsClosed() throws Exception {
        occupyAllThreads();
        assertThat(LeakedThreads.threads(namespace)).hasSize(CallThreads.MOST);

        threads.close();

        LeakedThreads.awaitNoThread(namespace, Duration.ofSeconds(10));
    }

    @Test
    void givesItsThreadsTheLibrarysOwnClassLoader() throws Exception {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(new ClassLoader(before) {});
        try {
            FutureTask<ClassLoader> task = begin(() -> Thread.currentThread().getContextClassLoader());
            assertThat(task.get(1, TimeUnit.MINUTES)).isSameAs(CallThreads.class.getClassLoader());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    void keepsNoJvmAlive() throws Exception {
        assertThat(begin(() -> Thread.currentThread().isDaemon()).get(1, TimeUnit.MINUTES))
                .isTrue();
    }

    private <T> FutureTask<T> begin(Callable<T> work) {
        return threads.begin(work, Deadline.in(Duration.ofMinutes(1)));
    }

    private void occupyAllThreads() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(CallThreads.MOST);
        for (int i = 0; i < CallThreads.MOST; i++) {
            FutureTask<Boolean> unused = begin(() -> {
                busy.countDown();
                return release.await(1, TimeUnit.MINUTES);
            });
        }
        assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
