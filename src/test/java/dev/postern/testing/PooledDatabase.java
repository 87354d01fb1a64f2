package dev.postern.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections, as servers have it: the smallest that will do.
 *
 * <p>Safe for concurrent use.
 */
public final class PooledDatabase implements AutoCloseable {

    private final DataSource real;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    public PooledDatabase(DataSource real) {
        this.real = real;
    }

    /** What the code under test gets. */
    public DataSource source() {
        return proxy(
                DataSource.class,
                (source, method, arguments) ->
                        method.getName().equals("getConnection") ? lent() : invoke(real, method, arguments));
    }

    /** How many connections are not lent. If none is, this is how many were lent at once at most. */
    public int idle() {
        return idle.size();
    }

    private Connection lent() throws SQLException {
        Connection pooled = idle.poll();
        Connection connection = pooled == null ? real.getConnection() : pooled;
        return proxy(
                Connection.class,
                (lent, method, arguments) -> method.getName().equals("close")
                        ? idle.add(connection)
                        : invoke(connection, method, arguments));
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

    /** Ends the connections that are not lent. */
    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
    }
}
