package dev.postern.hazelcast.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import dev.postern.hazelcast.LeakedThreads;
import dev.postern.hazelcast.SplitCluster;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RepairQueueTest {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final RepairQueue queue = new RepairQueue("repairs-test-", Duration.ofMillis(1), ended::countDown);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void failedTaskIsRetriedUntilTheGridIsReady() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);

        queue.submit(RepairQueue.Priority.TIME, () -> {
            if (attempts.incrementAndGet() < RepairQueue.ATTEMPTS) {
                throw new PosternException("not ready");
            }
            done.countDown();
        });

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(queue.givenUp()).isZero();
    }

    @Test
    void taskThatFailsTooOftenIsGivenUp() throws Exception {
        AtomicInteger attempts = new AtomicInteger();

        queue.submit(RepairQueue.Priority.TIME, () -> {
            attempts.incrementAndGet();
            throw new PosternException("never ready");
        });

        SplitCluster.await("given up", () -> queue.givenUp() == 1);
        assertThat(attempts).hasValue(RepairQueue.ATTEMPTS);
    }

    @Test
    void taskWithAFaultOfOursIsGivenUpAtOnce() throws Exception {
        CountDownLatch next = new CountDownLatch(1);

        queue.submit(RepairQueue.Priority.TIME, () -> {
            throw new IllegalArgumentException("a fault");
        });
        queue.submit(RepairQueue.Priority.TIME, next::countDown);

        assertThat(next.await(1, TimeUnit.MINUTES)).isTrue();
        SplitCluster.await("given up", () -> queue.givenUp() == 1);
    }

    @Test
    void busyThreadsDoNotBlockTheLastOne() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 1; i < RepairQueue.THREADS; i++) {
            queue.submit(RepairQueue.Priority.TIME, () -> await(release));
        }

        queue.submit(RepairQueue.Priority.TIME, done::countDown);

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        release.countDown();
    }

    @Test
    void tasksRunByPriorityAndThenInOrder() throws Exception {
        CountDownLatch one = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        queue.submit(RepairQueue.Priority.TIME, () -> await(one));
        for (int i = 1; i < RepairQueue.THREADS; i++) {
            queue.submit(RepairQueue.Priority.TIME, () -> await(others));
        }
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        queue.submit(RepairQueue.Priority.TIME, () -> order.add("fourth"));
        queue.submit(RepairQueue.Priority.TIME, done::countDown);
        queue.submit(RepairQueue.Priority.GONE, () -> order.add("third"));
        queue.submit(RepairQueue.Priority.ENDED, () -> order.add("first"));
        queue.submit(RepairQueue.Priority.ENDED, () -> order.add("second"));

        one.countDown();

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(order).containsExactly("first", "second", "third", "fourth");
        others.countDown();
    }

    @Test
    void onlyTasksOfTheLastPriorityAreBounded() {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < RepairQueue.THREADS + RepairQueue.WAITING; i++) {
            queue.submit(RepairQueue.Priority.TIME, () -> await(release));
        }
        assertThat(queue.givenUp()).isZero();

        queue.submit(RepairQueue.Priority.TIME, () -> {});
        queue.submit(RepairQueue.Priority.ENDED, () -> {});
        queue.submit(RepairQueue.Priority.GONE, () -> {});

        assertThat(queue.givenUp()).isEqualTo(1);
        release.countDown();
    }

    @Test
    @Tag("X-34")
    void leavesNoThreadWhenItIsClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        queue.submit(RepairQueue.Priority.TIME, () -> {
            started.countDown();
            await(new CountDownLatch(1));
        });
        assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();

        queue.close();
        queue.close();

        LeakedThreads.awaitNoThread("repairs-test-", Duration.ofSeconds(10));
        assertThat(ended.getCount()).isZero();
        queue.submit(RepairQueue.Priority.TIME, () -> {});
        assertThat(queue.givenUp()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
