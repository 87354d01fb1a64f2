package dev.postern.http.server;

import dev.postern.http.request.UnwrappedRequest;
import dev.postern.session.event.RateLimitedLog;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A listener that the web server calls just before an answer goes out. Its change of the headers is the last one: the
 * application runs no more, and the server has handled every exception. So neither can take Postern's cookie from the
 * answer (C2). Undertow (WildFly) and Grizzly (Payara, GlassFish) have such listeners. They are used by reflection,
 * because each server lacks the classes of the other.
 *
 * <p>For one request.
 */
public final class CommitListener {

    private static final String UNDERTOW = "io.undertow.server.ResponseCommitListener";
    private static final String GRIZZLY = "org.glassfish.grizzly.http.io.OutputBuffer$LifeCycleListener";

    private static final String OTHER_VERSION = "Postern does not know this version of the server. An exception, or an"
            + " application that resets its response, may take the cookie of a sign-in from an answer: ";
    private static final RateLimitedLog OTHER_VERSIONS =
            new RateLimitedLog(System.getLogger(CommitListener.class.getName()), System::nanoTime);

    private CommitListener() {}

    /**
     * Calls {@code last} with the response just before it goes out. Cookies of these names that the server keeps
     * apart from the header lines are removed. Does nothing on other servers.
     */
    public static void add(
            ServletRequest request,
            HttpServletResponse response,
            Supplier<Set<String>> names,
            Consumer<HttpServletResponse> last) {
        Object servers = UnwrappedRequest.of(request);
        try {
            if (Reflection.has(servers, "getExchange")) {
                Object exchange = Reflection.call(servers, "getExchange");
                listen(exchange, "addResponseCommitListener", UNDERTOW, () -> {
                    if (Reflection.call(exchange, "getResponseCookies") instanceof Map<?, ?> cookies) {
                        names.get().stream().filter(cookies::containsKey).forEach(cookies::remove);
                    }
                    last.accept(
                            CommittingResponse.ofUndertow(response, Reflection.call(exchange, "getResponseHeaders")));
                });
            } else if (Reflection.has(servers, "getUnwrappedCoyoteRequest")) {
                Object coyote = Reflection.call(servers, "getUnwrappedCoyoteRequest");
                // GF-02
                String grizzly = Reflection.has(coyote, "getGrizzlyRequest") ? "getGrizzlyRequest" : "getCoyoteRequest";
                Object answer = Reflection.call(Reflection.call(coyote, grizzly), "getResponse");
                listen(
                        Reflection.call(answer, "getOutputBuffer"),
                        "registerLifeCycleListener",
                        GRIZZLY,
                        () -> last.accept(CommittingResponse.ofGrizzly(response, answer)));
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

    /**
     * The headers of an answer that is about to go out, in the object of the web server. The container's own response
     * may count as committed by then, and ignore changes.
     *
     * <p>For one request.
     */
    static final class CommittingResponse extends HttpServletResponseWrapper {

        private final Object headers;
        private final Names names;

        /** The server's method names for headers, and the type of header names. */
        private record Names(
                String get,
                String set,
                String add,
                @Nullable String type) {}

        private CommittingResponse(HttpServletResponse response, Object headers, Names names) {
            super(response);
            this.headers = headers;
            this.names = names;
        }

        static CommittingResponse ofUndertow(HttpServletResponse response, Object headerMap) {
            return new CommittingResponse(
                    response, headerMap, new Names("get", "put", "add", "io.undertow.util.HttpString"));
        }

        static CommittingResponse ofGrizzly(HttpServletResponse response, Object answer) {
            return new CommittingResponse(
                    response, answer, new Names("getHeaderValues", "setHeader", "addHeader", null));
        }

        @Override
        public boolean isCommitted() {
            return false;
        }

        @Override
        public boolean containsHeader(String name) {
            return !getHeaders(name).isEmpty();
        }

        @Override
        public Collection<String> getHeaders(String name) {
            try {
                Object values = Reflection.call(headers, names.get(), new Class<?>[] {String.class}, name);
                if (values instanceof Collection<?> all) {
                    return all.stream().map(String::valueOf).toList();
                }
                return values instanceof String[] all ? List.of(all) : List.of();
            } catch (ReflectiveOperationException e) {
                throw other(e);
            }
        }

        @Override
        public void setHeader(String name, String value) {
            put(names.set(), name, value);
        }

        @Override
        public void addHeader(String name, String value) {
            put(names.add(), name, value);
        }

        private void put(String method, String name, String value) {
            try {
                Class<?> type = names.type() == null
                        ? String.class
                        : Class.forName(names.type(), true, headers.getClass().getClassLoader());
                Object named = type.getConstructor(String.class).newInstance(name);
                Object unused = Reflection.call(headers, method, new Class<?>[] {type, String.class}, named, value);
            } catch (ReflectiveOperationException e) {
                throw other(e);
            }
        }

        private static IllegalStateException other(ReflectiveOperationException cause) {
            return new IllegalStateException("This version of the server keeps its headers in another way.", cause);
        }
    }

    /** Calls of a server's own classes, which other servers lack. */
    static final class Reflection {

        private Reflection() {}

        /** Whether the object has such a public method without parameters. */
        static boolean has(Object target, String method) {
            return Arrays.stream(target.getClass().getMethods())
                    .anyMatch(each -> each.getName().equals(method) && each.getParameterCount() == 0);
        }

        static Object call(Object target, String method) throws ReflectiveOperationException {
            return required(target.getClass().getMethod(method).invoke(target), method);
        }

        /** Calls a method whose parameters are of these types. The result may be null. */
        static @Nullable Object call(Object target, String method, Class<?>[] types, Object... arguments)
                throws ReflectiveOperationException {
            Method found = target.getClass().getMethod(method, types);
            return found.invoke(target, arguments);
        }

        private static Object required(@Nullable Object result, String method) throws NoSuchMethodException {
            if (result == null) {
                throw new NoSuchMethodException(method + " returns null.");
            }
            return result;
        }
    }
}
