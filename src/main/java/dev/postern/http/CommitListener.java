package dev.postern.http;

import dev.postern.session.RateLimitedLog;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a web server calls just before an answer goes out. Its last word on the headers stands: the application runs no
 * more, and the server has done what it does after an exception. Undertow (WildFly) and Grizzly (Payara) have such
 * listeners. They are called by reflection, because each server lacks the classes of the other.
 *
 * <p>For one request.
 */
final class CommitListener {

    private static final String UNDERTOW = "io.undertow.server.ResponseCommitListener";
    private static final String GRIZZLY = "org.glassfish.grizzly.http.io.OutputBuffer$LifeCycleListener";

    private static final String OTHER_VERSION = "Postern does not know this version of the server. An exception, or an"
            + " application that resets its response, may take the cookie of a sign-in from an answer: ";
    private static final RateLimitedLog OTHER_VERSIONS =
            new RateLimitedLog(System.getLogger(CommitListener.class.getName()), System::nanoTime);

    private CommitListener() {}

    /**
     * Has the last word on the headers of the answer to this request. The cookie of this name is left to header lines
     * alone. Does nothing on other servers.
     */
    static void add(
            ServletRequest request,
            HttpServletResponse response,
            Supplier<String> cookie,
            Consumer<HttpServletResponse> last) {
        Object servers = UnwrappedRequest.of(request);
        try {
            if (Reflection.has(servers, "getExchange")) {
                Object exchange = Reflection.call(servers, "getExchange");
                listen(exchange, "addResponseCommitListener", UNDERTOW, () -> {
                    if (Reflection.call(exchange, "getResponseCookies") instanceof Map<?, ?> cookies) {
                        cookies.remove(cookie.get());
                    }
                    last.accept(DepartingAnswer.ofUndertow(response, Reflection.call(exchange, "getResponseHeaders")));
                });
            } else if (Reflection.has(servers, "getUnwrappedCoyoteRequest")) {
                Object coyote = Reflection.call(servers, "getUnwrappedCoyoteRequest");
                Object answer = Reflection.call(Reflection.call(coyote, "getCoyoteRequest"), "getResponse");
                listen(
                        Reflection.call(answer, "getOutputBuffer"),
                        "registerLifeCycleListener",
                        GRIZZLY,
                        () -> last.accept(DepartingAnswer.ofGrizzly(response, answer)));
            }
        } catch (InvocationTargetException e) { // the answer is on its way
            return;
        } catch (ReflectiveOperationException e) {
            OTHER_VERSIONS.warn(OTHER_VERSION + e);
        }
    }

    private interface Work {

        void run() throws ReflectiveOperationException;
    }

    private static void listen(Object server, String method, String listener, Work work)
            throws ReflectiveOperationException {
        Class<?> type = Class.forName(listener, true, server.getClass().getClassLoader());
        Object proxy = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> answer(self, called, arguments, work));
        server.getClass().getMethod(method, type).invoke(server, proxy);
    }

    private static @Nullable Object answer(
            Object self, Method called, @Nullable Object @Nullable [] arguments, Work work) {
        return switch (called.getName()) {
            case "hashCode" -> System.identityHashCode(self);
            case "equals" -> arguments != null && self == arguments[0];
            case "toString" -> "Postern";
            default -> {
                run(work);
                yield null;
            }
        };
    }

    private static void run(Work work) {
        try {
            work.run();
        } catch (ReflectiveOperationException | IllegalStateException e) {
            OTHER_VERSIONS.warn(OTHER_VERSION + e);
        }
    }
}
