package dev.postern.hazelcast.call;

import dev.postern.PosternException;
import dev.postern.hazelcast.quorum.Quorum;
import dev.postern.hazelcast.quorum.Quorum.Entered;
import dev.postern.session.concurrent.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the grid: asks only while enough members are there, waits no longer than the deadline, and turns every
 * failure on the way into a {@link PosternException}: an exception that the grid is not known for, or an error that
 * another member reports, tells as little of the caller as a time-out does (G11).
 *
 * <p>Safe for concurrent use.
 */
public final class GridCalls {

    private final CallThreads threads;
    private final MergeGate gate;
    private final Quorum quorum;
    private final CallMetrics meter = new CallMetrics();

    public GridCalls(CallThreads threads, MergeGate gate, Quorum quorum) {
        this.threads = threads;
        this.gate = gate;
        this.quorum = quorum;
    }

    /**
     * The answer to a read, which Hazelcast can be asked for without waiting as well; only counts while enough members
     * are there. Nothing is an answer of which they have to be there since it was asked.
     */
    public <T> @Nullable T read(Callable<T> call, Supplier<CompletionStage<T>> poll, Deadline deadline) {
        return meter.measured(() -> {
            Entered began = quorum.enter();
            UUID member = gate.enter();
            T answer = await(threads.beginRead(call).orElseGet(() -> begin(poll)), deadline);
            await(begin(() -> answer == null ? quorum.leaveWithNothing(began) : quorum.leave(began)), deadline);
            gate.leave(member);
            return answer;
        });
    }

    /**
     * The answer to a call that blocks; only counts while enough members are there. When this throws, the call may go
     * on, and may still have its effect.
     */
    public <T> T run(Callable<T> call, Deadline deadline) {
        return meter.measured(() -> runUnmeasured(call, deadline));
    }

    /** A swap has met another row than its caller had seen. */
    public void swapWasLost() {
        meter.swapWasLost();
    }

    /** What the calls have come to. */
    public CallMetrics.Snapshot figures() {
        return meter.figures();
    }

    private <T> T runUnmeasured(Callable<T> call, Deadline deadline) {
        Entered began = quorum.enter();
        UUID member = gate.enter();
        T answer = await(threads.begin(call), deadline);
        confirm(began, deadline);
        gate.leave(member);
        return answer;
    }

    /**
     * Makes one of the calls of a thread among several, which only counts when this member still answers for it
     * afterwards.
     */
    public <T> T make(Supplier<T> call, Deadline deadline) {
        Entered began = quorum.enter();
        UUID member = gate.enter();
        T answer = call.get();
        confirm(began, deadline);
        gate.leave(member);
        return answer;
    }

    /** Makes a call that has no answer. */
    public void make(Runnable call, Deadline deadline) {
        boolean unused = make(
                () -> {
                    call.run();
                    return true;
                },
                deadline);
    }

    /**
     * Lets several threads do the same work, and returns when all have done it. Each of its calls is
     * {@link #make made}.
     */
    public void runSeveral(int count, Runnable work, Deadline deadline) {
        quorum.enter();
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int begun = 0; begun < count; begun++) {
            tasks.add(threads.begin(Executors.callable(work, null)));
        }
        tasks.forEach(task -> await(task, deadline));
    }

    /** Hazelcast's own futures do not notice an interruption, hence one of the JDK's. */
    private static <T> Future<T> begin(Supplier<CompletionStage<T>> poll) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            poll.get().whenCompleteAsync((value, failure) -> settle(answer, value, failure), Runnable::run);
            return answer;
        } catch (RuntimeException | OutOfMemoryError e) {
            throw failed(e);
        }
    }

    private static <T> void settle(CompletableFuture<T> answer, T value, @Nullable Throwable failure) {
        if (failure == null) {
            answer.complete(value);
        } else {
            answer.completeExceptionally(failure);
        }
    }

    private static <T> T await(Future<T> answer, Deadline deadline) {
        try {
            return answer.get(deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new PosternException("The grid did not answer in time (postern.cache.timeout).", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PosternException("The thread was interrupted while it waited for the grid.", e);
        } catch (ExecutionException e) {
            throw broken(e);
        } catch (IllegalStateException e) { // cancelled by a grid that stops
            throw failed(e);
        }
    }

    private static PosternException broken(ExecutionException e) {
        return failed(e.getCause() == null ? e : e.getCause());
    }

    private static PosternException failed(Throwable cause) {
        return cause instanceof PosternException known
                ? known
                : new PosternException("The grid failed: " + cause.getMessage(), cause);
    }

    private void confirm(Entered began, Deadline deadline) {
        await(begin(() -> quorum.leave(began)), deadline);
    }
}
