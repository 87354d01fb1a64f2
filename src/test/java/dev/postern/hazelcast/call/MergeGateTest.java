package dev.postern.hazelcast.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.PosternException;
import dev.postern.hazelcast.TestCluster;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each method of {@link GridCalls}, on a member that is about to merge. */
@Tag("G4")
class MergeGateTest {

    private static final TestCluster CLUSTER = TestCluster.alone();

    private final CallThreads threads = new CallThreads("merge-gate-test", false);
    private final CallThreads readers = new CallThreads("merge-gate-test", true);
    private final MergeGate gate = new MergeGate(() -> CLUSTER.member());
    private final GridCalls calls = TestCalls.to(CLUSTER.member(), threads, gate);
    private final GridCalls reads = TestCalls.to(CLUSTER.member(), readers, gate);

    /** Each runs the given action during its call. */
    private final List<Consumer<Runnable>> forms = List.of(
            midst -> calls.run(() -> after(midst), soon()),
            midst ->
                    calls.read(MergeGateTest::notCalled, () -> CompletableFuture.completedFuture(after(midst)), soon()),
            midst -> reads.read(() -> after(midst), MergeGateTest::notAsked, soon()),
            midst -> calls.runHere(() -> after(midst), soon()),
            midst -> calls.runParallel(2, () -> calls.runHere(() -> after(midst), soon()), soon()));

    @AfterEach
    void close() {
        threads.close();
        readers.close();
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
    }

    @Test
    void letsEverythingThroughWhileItIsOpen() {
        gate.close();
        gate.open();

        assertThat(forms)
                .allSatisfy(form -> assertThatCode(() -> form.accept(() -> {})).doesNotThrowAnyException());
    }

    @Test
    void letsNothingBeginWhenItIsClosed() {
        gate.close();

        assertThat(forms)
                .allSatisfy(form -> assertThatThrownBy(() -> form.accept(() -> {
                            throw new AssertionError("It has begun.");
                        }))
                        .isInstanceOf(PosternException.class)
                        .hasMessageContaining("about to join"));
    }

    @Test
    void acknowledgesNothingThatWasUnderWayWhenItWasClosed() {
        assertThat(forms).allSatisfy(form -> {
            gate.open();
            assertThatThrownBy(() -> form.accept(gate::close)).isInstanceOf(PosternException.class);
        });
    }

    @Test
    void acknowledgesNothingThatBeganUnderAnotherName() {
        assertThatThrownBy(() -> gate.leave(UUID.randomUUID()))
                .isInstanceOf(PosternException.class)
                .hasMessageContaining("joined another part");
        assertThatCode(() -> gate.leave(gate.enter())).doesNotThrowAnyException();
    }

    private static boolean after(Runnable midst) {
        midst.run();
        return true;
    }

    private static boolean notCalled() {
        throw new AssertionError("It was asked without waiting.");
    }

    private static CompletionStage<Boolean> notAsked() {
        throw new AssertionError("It was called.");
    }

    private static Deadline soon() {
        return TestSessions.soon();
    }
}
