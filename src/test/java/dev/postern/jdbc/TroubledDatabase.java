package dev.postern.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source in front of another one. When told so, it freezes, is slow, or fails. It counts connections and notes
 * what is done with them.
 *
 * <p>Safe for concurrent use.
 */
final class TroubledDatabase {

    private final DataSource real;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Statement> statements = new CopyOnWriteArrayList<>();
    private final Queue<Connection> pool = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile CountDownLatch door = new CountDownLatch(0);
    private volatile Duration delay = Duration.ZERO;
    private volatile Optional<SQLException> failure = Optional.empty();
    private volatile Optional<SQLException> refusal = Optional.empty();
    private volatile boolean isAutoCommit = true;
    private volatile boolean failsRollbacks;

    TroubledDatabase(DataSource real) {
        this.real = real;
    }

    /** What was executed: the text, and its values by their places. */
    record Statement(String text, SortedMap<Integer, Object> values) {}

    /** What the code under test gets. */
    DataSource source() {
        return proxy(DataSource.class, (source, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(real, method, arguments);
            }
            taken.incrementAndGet();
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            Connection pooled = pool.poll();
            Connection connection = pooled == null ? real.getConnection() : pooled;
            open.incrementAndGet();
            door.await();
            if (pooled == null) {
                connection.setAutoCommit(isAutoCommit);
            }
            return watched(connection);
        });
    }

    private Connection watched(Connection real) {
        return proxy(Connection.class, (connection, method, arguments) -> {
            calls.add(text(method, arguments));
            if (method.getName().equals("close")) {
                open.decrementAndGet();
            }
            if (method.getName().equals("commit")) {
                pass();
            }
            if (method.getName().equals("rollback") && failsRollbacks) {
                throw new SQLException("The connection is broken.");
            }
            Object result = invoke(real, method, arguments);
            return result instanceof PreparedStatement statement && arguments != null
                    ? watched(statement, String.valueOf(arguments[0]))
                    : result;
        });
    }

    private PreparedStatement watched(PreparedStatement real, String text) {
        SortedMap<Integer, Object> values = new TreeMap<>();
        return proxy(PreparedStatement.class, (statement, method, arguments) -> {
            if (arguments != null && arguments.length == 2 && arguments[0] instanceof Integer place) {
                values.put(place, arguments[1]);
            }
            if (method.getName().startsWith("execute")) {
                calls.add(method.getName());
                statements.add(new Statement(text, new TreeMap<>(values)));
                pass();
            }
            if (method.getName().equals("setQueryTimeout")) {
                calls.add(method.getName());
            }
            return invoke(real, method, arguments);
        });
    }

    private void pass() throws SQLException, InterruptedException {
        gate.await();
        LockSupport.parkNanos(delay.toNanos());
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    private static String text(Method method, Object @Nullable [] arguments) {
        return method.getName()
                + (arguments == null || arguments.length == 0 ? "" : " " + arguments[arguments.length - 1]);
    }

    private static @Nullable Object invoke(Object real, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** From now on no statement comes back. */
    void freeze() {
        gate = new CountDownLatch(1);
    }

    /** From now on the pool gives no connection. */
    void freezePool() {
        door = new CountDownLatch(1);
    }

    /** Ends both. */
    void thaw() {
        gate.countDown();
        door.countDown();
    }

    /** From now on each statement, and each commit, takes so much longer. */
    void slowDown(Duration by) {
        delay = by;
    }

    /** From now on each statement fails. */
    void fail(SQLException with) {
        failure = Optional.of(with);
    }

    /** From now on the pool gives no connection, and says so at once. */
    void refuse(SQLException with) {
        refusal = Optional.of(with);
    }

    void failRollbacks() {
        failsRollbacks = true;
    }

    void recover() {
        failure = Optional.empty();
        delay = Duration.ZERO;
    }

    /** From now on the pool gives connections whose statements are parts of a transaction. */
    void turnAutoCommitOff() {
        isAutoCommit = false;
    }

    /** How many connections are out. */
    int open() {
        return open.get();
    }

    /** How many connections were given. */
    int taken() {
        return taken.get();
    }

    /** What was done with connections and statements, in its order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** What was executed, in its order. */
    List<Statement> statements() {
        return List.copyOf(statements);
    }

    void forgetCalls() {
        calls.clear();
        statements.clear();
    }

    /** The pool gives these connections before any other, whatever has become of them since. */
    void pool(Collection<Connection> connections) {
        pool.addAll(connections);
    }
}
