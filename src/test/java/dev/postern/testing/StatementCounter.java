package dev.postern.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source in front of another one, which notes what the database is asked: the first word of each statement, and
 * each commit.
 *
 * <p>Safe for concurrent use.
 */
public final class StatementCounter {

    private final DataSource real;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    public StatementCounter(DataSource real) {
        this.real = real;
    }

    /** What the code under test gets. */
    public DataSource source() {
        return proxy(DataSource.class, (source, method, arguments) -> {
            Object result = invoke(real, method, arguments);
            return result instanceof Connection connection ? counted(connection) : result;
        });
    }

    /** What was asked since the last time that this was asked, in its order. */
    public List<String> asked() {
        List<String> since = new ArrayList<>();
        for (String next = asked.poll(); next != null; next = asked.poll()) {
            since.add(next);
        }
        return since;
    }

    private Connection counted(Connection real) {
        return proxy(Connection.class, (connection, method, arguments) -> {
            if (method.getName().equals("commit")) {
                asked.add("COMMIT");
            }
            Object result = invoke(real, method, arguments);
            return result instanceof PreparedStatement statement && arguments != null
                    ? counted(statement, String.valueOf(arguments[0]).split(" ", 2)[0])
                    : result;
        });
    }

    private PreparedStatement counted(PreparedStatement real, String word) {
        return proxy(PreparedStatement.class, (statement, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                asked.add(word);
            }
            return invoke(real, method, arguments);
        });
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
}
