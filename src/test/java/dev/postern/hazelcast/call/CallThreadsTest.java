package dev.postern.hazelcast.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.Remains;
import java.time.Duration;
import java.util.UUID;
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
    @Tag("S-61")
    @Tag("I13")
    void runsSoManyAtOnceAndRefusesMore() throws Exception {
        occupyAllThreads();

        assertThatThrownBy(() -> threads.begin(() -> true))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("Too many calls");
        release.countDown();
        awaitRoom();
    }

    @Test
    @Tag("G2")
    void lateCallKeepsNoOtherWaiting() throws Exception {
        for (int i = 0; i < CallThreads.MOST - 1; i++) {
            FutureTask<Boolean> unused = threads.begin(() -> release.await(1, TimeUnit.MINUTES));
        }

        assertThat(threads.begin(() -> true).get(1, TimeUnit.MINUTES)).isTrue();
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
        assertThat(threads.begin(() -> true).get(1, TimeUnit.MINUTES)).isTrue();
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

        assertThatThrownBy(() -> threads.begin(() -> true)).isInstanceOf(PosternException.class);
        assertThat(threads.beginRead(() -> true)).isEmpty();
    }

    @Test
    void leavesNoThreadWhenItIsClosed() throws Exception {
        occupyAllThreads();
        assertThat(Remains.threads(namespace)).hasSize(CallThreads.MOST);

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
            assertThat(task.get(1, TimeUnit.MINUTES)).isSameAs(CallThreads.class.getClassLoader());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    void keepsNoJvmAlive() throws Exception {
        assertThat(threads.begin(() -> Thread.currentThread().isDaemon()).get(1, TimeUnit.MINUTES))
                .isTrue();
    }

    /** A thread is free only a moment after its work is done. */
    private void awaitRoom() throws Exception {
        boolean isTaken = true;
        while (isTaken) {
            try {
                isTaken = !threads.begin(() -> true).get(1, TimeUnit.MINUTES);
            } catch (PosternException full) {
                Thread.onSpinWait();
            }
        }
    }

    private void occupyAllThreads() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(CallThreads.MOST);
        for (int i = 0; i < CallThreads.MOST; i++) {
            FutureTask<Boolean> unused = threads.begin(() -> {
                busy.countDown();
                return release.await(1, TimeUnit.MINUTES);
            });
        }
        assertThat(busy.await(1, TimeUnit.MINUTES)).isTrue();
    }
}
