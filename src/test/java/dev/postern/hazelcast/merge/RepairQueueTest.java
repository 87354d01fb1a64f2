package dev.postern.hazelcast.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import dev.postern.hazelcast.Remains;
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
    private final RepairQueue queue = new RepairQueue("errands-test-", Duration.ofMillis(1), ended::countDown);

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void areDoneAgainUntilTheGridIsReady() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);

        queue.send(RepairQueue.Priority.TIME, () -> {
            if (tries.incrementAndGet() < RepairQueue.TRIES) {
                throw new PosternException("not ready");
            }
            done.countDown();
        });

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(queue.lost()).isZero();
    }

    @Test
    void areGivenUpWhenTheyFailTooOften() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        queue.send(RepairQueue.Priority.TIME, () -> {
            tries.incrementAndGet();
            throw new PosternException("never ready");
        });

        SplitCluster.await("given up", () -> queue.lost() == 1);
        assertThat(tries).hasValue(RepairQueue.TRIES);
    }

    @Test
    void areGivenUpAtOnceForAFaultOfOurOwn() throws Exception {
        CountDownLatch next = new CountDownLatch(1);

        queue.send(RepairQueue.Priority.TIME, () -> {
            throw new IllegalArgumentException("a fault");
        });
        queue.send(RepairQueue.Priority.TIME, next::countDown);

        assertThat(next.await(1, TimeUnit.MINUTES)).isTrue();
        SplitCluster.await("given up", () -> queue.lost() == 1);
    }

    @Test
    void failingOneHoldsUpNoOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 1; i < RepairQueue.THREADS; i++) {
            queue.send(RepairQueue.Priority.TIME, () -> await(release));
        }

        queue.send(RepairQueue.Priority.TIME, done::countDown);

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        release.countDown();
    }

    @Test
    void areDoneByTurnAndElseInOrder() throws Exception {
        CountDownLatch one = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(1);
        queue.send(RepairQueue.Priority.TIME, () -> await(one));
        for (int i = 1; i < RepairQueue.THREADS; i++) {
            queue.send(RepairQueue.Priority.TIME, () -> await(others));
        }
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        queue.send(RepairQueue.Priority.TIME, () -> order.add("fourth"));
        queue.send(RepairQueue.Priority.TIME, done::countDown);
        queue.send(RepairQueue.Priority.GONE, () -> order.add("third"));
        queue.send(RepairQueue.Priority.ENDED, () -> order.add("first"));
        queue.send(RepairQueue.Priority.ENDED, () -> order.add("second"));

        one.countDown();

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(order).containsExactly("first", "second", "third", "fourth");
        others.countDown();
    }

    @Test
    void onlySoManyWaitOfWhatHarmsNobody() {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < RepairQueue.THREADS + RepairQueue.WAITING; i++) {
            queue.send(RepairQueue.Priority.TIME, () -> await(release));
        }
        assertThat(queue.lost()).isZero();

        queue.send(RepairQueue.Priority.TIME, () -> {});
        queue.send(RepairQueue.Priority.ENDED, () -> {});
        queue.send(RepairQueue.Priority.GONE, () -> {});

        assertThat(queue.lost()).isEqualTo(1);
        release.countDown();
    }

    @Test
    @Tag("X-34")
    void leaveNoThreadWhenTheyAreClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        queue.send(RepairQueue.Priority.TIME, () -> {
            started.countDown();
            await(new CountDownLatch(1));
        });
        assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();

        queue.close();
        queue.close();

        Remains.awaitNoThread("errands-test-", Duration.ofSeconds(10));
        assertThat(ended.getCount()).isZero();
        queue.send(RepairQueue.Priority.TIME, () -> {});
        assertThat(queue.lost()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
