package dev.postern.hazelcast.call;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.concurrent.Deadline;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Calls that get no answer. Their deadline has passed when they begin, so no clock decides what the tests see. */
class GridCallsTest {

    private static final TestCluster CLUSTER = TestCluster.alone();
    private static final Deadline PASSED = new Deadline(System.nanoTime());

    private final CountDownLatch release = new CountDownLatch(1);
    private final CallThreads threads = new CallThreads("grid-calls-test", false);
    private final CallThreads readers = new CallThreads("grid-calls-test", true);
    private final GridCalls calls = TestCalls.to(CLUSTER.member(), threads);
    private final GridCalls reads = TestCalls.to(CLUSTER.member(), readers);

    @AfterEach
    void close() {
        release.countDown();
        threads.close();
        readers.close();
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @Test
    @Tag("S-51")
    @Tag("S-61")
    @Tag("I13")
    void noFormWaitsPastTheDeadline() {
        List<ThrowingCallable> forms = List.of(
                () -> calls.run(this::hang, PASSED),
                () -> calls.readNow(this::hang, PASSED),
                () -> calls.read(this::hang, CompletableFuture::new, PASSED),
                () -> reads.read(this::hang, CompletableFuture::new, PASSED),
                () -> calls.runParallel(2, this::hang, PASSED));

        for (ThrowingCallable form : forms) {
            assertThatThrownBy(form)
                    .isInstanceOf(PosternException.class)
                    .hasCauseInstanceOf(TimeoutException.class)
                    .hasMessageContaining("postern.cache.timeout");
        }
    }

    private boolean hang() {
        try {
            release.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
