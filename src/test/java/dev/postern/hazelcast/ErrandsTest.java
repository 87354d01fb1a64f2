package dev.postern.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.PosternException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ErrandsTest {

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Errands errands = new Errands("errands-test-", Duration.ofMillis(1), ended::countDown);

    @AfterEach
    void close() {
        errands.close();
    }

    @Test
    void areDoneAgainUntilTheGridIsReady() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);

        errands.send(() -> {
            if (tries.incrementAndGet() < Errands.TRIES) {
                throw new PosternException("not ready");
            }
            done.countDown();
        });

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(errands.lost()).isZero();
    }

    @Test
    void areGivenUpWhenTheyFailTooOften() throws Exception {
        AtomicInteger tries = new AtomicInteger();

        errands.send(() -> {
            tries.incrementAndGet();
            throw new PosternException("never ready");
        });

        SplitCluster.await("given up", () -> errands.lost() == 1);
        assertThat(tries).hasValue(Errands.TRIES);
    }

    @Test
    void areGivenUpAtOnceForAFaultOfOurOwn() throws Exception {
        CountDownLatch next = new CountDownLatch(1);

        errands.send(() -> {
            throw new IllegalArgumentException("a fault");
        });
        errands.send(next::countDown);

        assertThat(next.await(1, TimeUnit.MINUTES)).isTrue();
        SplitCluster.await("given up", () -> errands.lost() == 1);
    }

    @Test
    void failingOneHoldsUpNoOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 1; i < Errands.THREADS; i++) {
            errands.send(() -> await(release));
        }

        errands.send(done::countDown);

        assertThat(done.await(1, TimeUnit.MINUTES)).isTrue();
        release.countDown();
    }

    @Test
    void onlySoManyWait() {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < Errands.THREADS + Errands.WAITING; i++) {
            errands.send(() -> await(release));
        }
        assertThat(errands.lost()).isZero();

        errands.send(() -> {});

        assertThat(errands.lost()).isEqualTo(1);
        release.countDown();
    }

    @Test
    @Tag("X-34")
    void leaveNoThreadWhenTheyAreClosed() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        errands.send(() -> {
            started.countDown();
            await(new CountDownLatch(1));
        });
        assertThat(started.await(1, TimeUnit.MINUTES)).isTrue();

        errands.close();
        errands.close();

        Remains.awaitNoThread("errands-test-", Duration.ofSeconds(10));
        assertThat(ended.getCount()).isZero();
        errands.send(() -> {});
        assertThat(errands.lost()).isEqualTo(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
