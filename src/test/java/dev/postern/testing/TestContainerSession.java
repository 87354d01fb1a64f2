package dev.postern.testing;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container's own session, as far as we use it: it gets another id, keeps attributes, and ends.
 *
 * <p>For one thread.
 */
public final class TestContainerSession {

    private final Map<String, Object> attributes = new HashMap<>();
    private int id = 1;
    private boolean isOver;

    public HttpSession get() {
        return (HttpSession) Proxy.newProxyInstance(
                TestContainerSession.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        if (isOver) {
            throw new IllegalStateException("The session is over.");
        }
        return switch (method) {
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "invalidate" -> {
                isOver = true;
                yield null;
            }
            default -> throw new UnsupportedOperationException(method);
        };
    }

    public String id() {
        return "container-" + id;
    }

    public boolean isOver() {
        return isOver;
    }

    String rename() {
        id++;
        return id();
    }
}
