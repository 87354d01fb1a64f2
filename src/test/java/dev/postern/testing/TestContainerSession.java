package dev.postern.testing;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;

/**
 * A container's own session, as far as we use it: it gets another id, and it ends.
 *
 * <p>For one thread.
 */
public final class TestContainerSession {

    private int id = 1;
    private boolean isOver;

    public HttpSession get() {
        return (HttpSession) Proxy.newProxyInstance(
                TestContainerSession.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("invalidate")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    isOver = true;
                    return null;
                });
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
