package dev.postern.testing;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a caller, which tells with what code it was closed.
 *
 * <p>Safe for concurrent use.
 */
public final class TestSocket {

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final @Nullable Principal caller;

    public TestSocket(@Nullable Principal caller) {
        this.caller = caller;
    }

    /** As the container's own interface. What it was not told, it refuses to answer. */
    public Session session() {
        return (Session) Proxy.newProxyInstance(
                TestSocket.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getUserPrincipal" -> caller;
                    case "getId" -> Integer.toString(System.identityHashCode(this));
                    case "isOpen" -> isOpen();
                    case "close" -> close((CloseReason) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private @Nullable Object close(CloseReason reason) {
        closed.complete(reason.getCloseCode().getCode());
        return null;
    }

    public boolean isOpen() {
        return !closed.isDone();
    }

    /** The client goes away. */
    public void leave() {
        closed.complete(1001);
    }

    /** The code with which it is closed, at once or after a while. */
    public int closeCode() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }
}
