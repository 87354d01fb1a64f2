package dev.postern.hazelcast;

import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.map.IMap;
import com.hazelcast.memory.NativeOutOfMemoryError;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import com.hazelcast.spi.exception.PartitionMigratingException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import dev.postern.hazelcast.call.CallThreads;
import dev.postern.hazelcast.call.ClusterClock;
import dev.postern.hazelcast.call.GridCalls;
import dev.postern.hazelcast.call.TestCalls;
import dev.postern.hazelcast.map.HazelcastCredentialsCache;
import dev.postern.session.TestSessions;
import dev.postern.session.concurrent.Deadline;
import dev.postern.session.row.RowKey;
import dev.postern.session.row.TestRows;
import dev.postern.session.store.CredentialsCache;
import dev.postern.testing.PassingCache;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A real map on a member of its own, whose calls fail on demand, and the adapter over it.
 *
 * <p>For one test at a time.
 */
public final class FaultyGrid implements AutoCloseable {

    private final TestCluster cluster = TestCluster.alone();
    private final IMap<String, Object> map = cluster.map();
    private final CallThreads threads;
    private volatile @Nullable Broken broken;

    /** With asynchronous reads, which use other methods of the map than writes do. */
    public FaultyGrid() {
        this(false);
    }

    /** With reads on threads of ours, or asynchronous ones. */
    FaultyGrid(boolean hasReaders) {
        this.threads = new CallThreads(cluster.namespace() + "-faulty", hasReaders);
    }

    /** An operation of the port, and the methods of the map that it uses. */
    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    public enum Operation {
        READ("get", "getAsync", "containsKey"),
        CREATE("putIfAbsent"),
        SWAP("replace", "setTtl", "get");

        private final Set<String> calls;

        Operation(String... calls) {
            this.calls = Set.of(calls);
        }
    }

    /** The outcome of a call of the map instead of an answer. */
    @SuppressWarnings("ImmutableEnumChecker") // the suppliers have no state
    public enum Fault {
        TIME_OUT,
        INTERRUPT,
        INDETERMINATE(() -> new IndeterminateOperationStateException("no backup")),
        PROTECTION(() -> new SplitBrainProtectionException("no majority")),
        NOT_MEMBER(() -> new TargetNotMemberException("gone")),
        OPERATION_TIME_OUT(() -> new OperationTimeoutException("no answer")),
        MEMBER_LEFT(() -> new MemberLeftException("left")),
        MIGRATING(() -> new PartitionMigratingException("moving")),
        NOT_ACTIVE(HazelcastInstanceNotActiveException::new),
        SERIALIZATION(() -> new HazelcastSerializationException("unreadable")),
        REJECTED(() -> new RejectedExecutionException("full")),
        FULL_HEAP(() -> new OutOfMemoryError("Java heap space")),
        FULL_NATIVE_MEMORY(() -> new NativeOutOfMemoryError("full")),
        ILLEGAL_ARGUMENT(() -> new IllegalArgumentException("a fault of the store")),
        NULL_POINTER(NullPointerException::new);

        private final @Nullable Supplier<Throwable> failure;

        Fault() {
            this.failure = null;
        }

        Fault(Supplier<Throwable> failure) {
            this.failure = failure;
        }

        /** Whether the call goes on after its caller has stopped waiting, and may still have its effect. */
        public boolean goesOn() {
            return failure == null;
        }

        /** Hangs, interrupts or throws on the calling thread. */
        public void strikeThread() {
            if (this == INTERRUPT) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private record Broken(Operation operation, Fault fault, CountDownLatch working, AtomicInteger failures) {}

    /**
     * The adapter. Its map works until it is told to fail. Only from then on does the given deadline apply, because the
     * machine may be busy.
     */
    public CredentialsCache cache(Duration patience) {
        GridCalls calls = TestCalls.to(cluster.member(), threads);
        ClusterClock clock = new ClusterClock(() -> cluster.member(), InstantSource.system());
        return new Patient(new HazelcastCredentialsCache(this::proxy, calls, clock, TestRows.LIFETIMES), patience);
    }

    private final class Patient extends PassingCache {

        private final Duration patience;

        Patient(CredentialsCache cache, Duration patience) {
            super(cache);
            this.patience = patience;
        }

        @Override
        public Optional<byte[]> read(RowKey key, Deadline deadline) {
            return super.read(key, deadline(Operation.READ));
        }

        @Override
        public boolean create(RowKey key, byte[] row, Deadline deadline) {
            return super.create(key, row, deadline(Operation.CREATE));
        }

        @Override
        public boolean swap(RowKey key, byte[] seen, byte[] next, Deadline deadline) {
            return super.swap(key, seen, next, deadline(Operation.SWAP));
        }

        private Deadline deadline(Operation operation) {
            Broken now = broken;
            return now != null && now.operation == operation ? Deadline.in(patience) : TestSessions.soon();
        }
    }

    /** How many calls of the map have failed since it was told to. */
    public int failures() {
        Broken now = broken;
        return now == null ? 0 : now.failures.get();
    }

    public void fail(Operation operation, Fault fault) {
        broken = new Broken(operation, fault, new CountDownLatch(1), new AtomicInteger());
    }

    /** From now on calls work, and those that hang go on. */
    public void recover() {
        Broken last = broken;
        broken = null;
        if (last != null) {
            last.working.countDown();
        }
    }

    @Override
    public void close() {
        recover();
        threads.close();
        cluster.close();
    }

    @SuppressWarnings("unchecked")
    private IMap<String, Object> proxy() {
        return (IMap<String, Object>) Proxy.newProxyInstance(
                IMap.class.getClassLoader(), new Class<?>[] {IMap.class}, (proxy, method, arguments) -> {
                    Broken now = broken;
                    return now != null && now.operation.calls.contains(method.getName())
                            ? fail(now, method, arguments)
                            : pass(method, arguments);
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it is the map's answer, for whoever asked
    private Object fail(Broken now, Method method, Object[] arguments) throws Throwable {
        now.failures.incrementAndGet();
        boolean isAsynchronous = method.getName().endsWith("Async");
        Supplier<Throwable> failure = now.fault.failure;
        if (failure == null) {
            return isAsynchronous ? new CompletableFuture<>() : hang(now, method, arguments);
        }
        Throwable thrown = failure.get();
        boolean isThrownAtOnce = now.fault == Fault.NOT_ACTIVE || now.fault == Fault.NULL_POINTER;
        if (isAsynchronous && !isThrownAtOnce) {
            return CompletableFuture.failedFuture(thrown);
        }
        throw thrown;
    }

    private Object hang(Broken now, Method method, Object[] arguments) throws Throwable {
        now.working.await();
        return pass(method, arguments);
    }

    private Object pass(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(map, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
