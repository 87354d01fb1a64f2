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
 * The one way to call the grid. Each call
 *
 * <ol>
 *   <li>fails at once if too few members are present ({@link Quorum}), or if this member is about to merge
 *       ({@link MergeGate}),
 *   <li>waits for the answer until its deadline,
 *   <li>counts its answer only if the quorum and the gate confirm it afterwards.
 * </ol>
 *
 * <p>Every failure becomes a {@link PosternException}, also an unexpected exception and an error that another member
 * reports: like a time-out they prove nothing about the caller (G11). A call that fails may still have its effect.
 *
 * <p>Safe for concurrent use.
 */
public final class GridCalls {

    private final CallThreads threads;
    private final MergeGate gate;
    private final Quorum quorum;
    private final CallMetrics metrics = new CallMetrics();

    public GridCalls(CallThreads threads, MergeGate gate, Quorum quorum) {
        this.threads = threads;
        this.gate = gate;
        this.quorum = quorum;
    }

    /** The counters of the calls. */
    public CallMetrics metrics() {
        return metrics;
    }

    /**
     * Reads. Runs the blocking form on a thread of {@link CallThreads} where there is one for reads, otherwise the
     * asynchronous form. Null counts only if enough members confirm it after the read.
     */
    public <T> @Nullable T read(Callable<T> blocking, Supplier<CompletionStage<T>> async, Deadline deadline) {
        return metrics.measure(() -> {
            Entered began = quorum.enter();
            UUID member = gate.enter();
            T answer = await(threads.beginRead(blocking).orElseGet(() -> begin(async)), deadline);
            await(begin(() -> answer == null ? quorum.confirmAbsence(began) : quorum.confirm(began)), deadline);
            gate.leave(member);
            return answer;
        });
    }

    /**
     * Reads what the cluster has now. An answer counts only if enough members answer a poll that began after the call
     * did: a member that others have dropped, and that does not know it yet, gets none.
     */
    public <T> @Nullable T readNow(Callable<T> call, Deadline deadline) {
        return metrics.measure(() -> {
            Entered began = quorum.enter();
            UUID member = gate.enter();
            T answer = await(threads.begin(call, deadline), deadline);
            await(begin(() -> quorum.confirmAbsence(began)), deadline);
            gate.leave(member);
            return answer;
        });
    }

    /** Runs a call that blocks on a thread of {@link CallThreads}, which goes on if this throws. */
    public <T> T run(Callable<T> call, Deadline deadline) {
        return metrics.measure(() -> {
            Entered began = quorum.enter();
            UUID member = gate.enter();
            T answer = await(threads.begin(call, deadline), deadline);
            confirm(began, deadline);
            gate.leave(member);
            return answer;
        });
    }

    /** Runs a call on this thread, which is one of {@link #runParallel}. The deadline only bounds the confirmation. */
    public <T> T runHere(Supplier<T> call, Deadline deadline) {
        Entered began = quorum.enter();
        UUID member = gate.enter();
        T answer = call.get();
        confirm(began, deadline);
        gate.leave(member);
        return answer;
    }

    /** Like {@link #runHere(Supplier, Deadline)}, for a call that has no answer. */
    public void runHere(Runnable call, Deadline deadline) {
        boolean unused = runHere(
                () -> {
                    call.run();
                    return true;
                },
                deadline);
    }

    /**
     * Runs the same work on several threads, and returns when all have done it. The work makes its calls with
     * {@link #runHere(Supplier, Deadline)}.
     */
    public void runParallel(int count, Runnable work, Deadline deadline) {
        quorum.enter();
        List<FutureTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(threads.begin(Executors.callable(work, null), deadline));
        }
        tasks.forEach(task -> await(task, deadline));
    }

    /** Waiting on Hazelcast's own futures cannot be interrupted, hence a future of the JDK. */
    private static <T> Future<T> begin(Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            call.get().whenCompleteAsync((value, failure) -> settle(answer, value, failure), Runnable::run);
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
            throw new PosternException("The wait for the grid was interrupted.", e);
        } catch (ExecutionException e) {
            throw broken(e);
        } catch (IllegalStateException e) { // Hazelcast cancels calls when it stops
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
        await(begin(() -> quorum.confirm(began)), deadline);
    }
}
