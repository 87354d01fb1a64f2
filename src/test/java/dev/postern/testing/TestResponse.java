package dev.postern.testing;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A response that keeps the headers, the status and the body that it was given. Everything else it refuses.
 *
 * <p>For one thread.
 */
public final class TestResponse {

    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean isCommitted;
    private int status = 200;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public HttpServletResponse get() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                TestResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments));
    }

    public List<String> headers(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    public int status() {
        return status;
    }

    /** The body. */
    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** From now on nothing that is added reaches the client. */
    public TestResponse commit() {
        isCommitted = true;
        return this;
    }

    private @Nullable Object answer(String method, Object @Nullable [] arguments) {
        if (arguments == null) {
            return withoutArguments(method);
        }
        if (arguments[0] instanceof Cookie cookie) {
            headers.computeIfAbsent("Set-Cookie", any -> new ArrayList<>())
                    .add(cookie.getName() + "=" + cookie.getValue());
            return null;
        }
        if (arguments[0] instanceof Integer number) {
            status = method.equals("setContentLength") ? status : number;
            return null;
        }
        String name = (String) arguments[0];
        switch (method) {
            case "getHeaders" -> {
                return headers(name);
            }
            case "containsHeader" -> {
                return headers.containsKey(name);
            }
            case "setHeader" -> headers.put(name, new ArrayList<>(List.of((String) arguments[1])));
            case "sendRedirect" -> {
                headers.put("Location", List.of(name));
                status = 302;
                isCommitted = true;
            }
            case "setContentType" -> headers.put("Content-Type", List.of(name));
            case "addHeader" ->
                headers.computeIfAbsent(name, any -> new ArrayList<>()).add((String) arguments[1]);
            default -> throw new UnsupportedOperationException(method);
        }
        return null;
    }

    private Object withoutArguments(String method) {
        return switch (method) {
            case "getStatus" -> status;
            case "isCommitted" -> isCommitted;
            case "getHeaderNames" -> List.copyOf(headers.keySet());
            case "resetBuffer" -> emptied();
            case "flushBuffer" -> committed();
            case "reset" -> cleared();
            case "getOutputStream" -> new Body(body);
            default -> throw new UnsupportedOperationException(method);
        };
    }

    private boolean cleared() {
        headers.clear();
        status = 200;
        return emptied();
    }

    private boolean committed() {
        isCommitted = true;
        return isCommitted;
    }

    private boolean emptied() {
        body.reset();
        return true;
    }

    private static final class Body extends ServletOutputStream {

        private final ByteArrayOutputStream bytes;

        Body(ByteArrayOutputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public void write(int octet) {
            bytes.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("Only blocking writes are tested.");
        }
    }
}
