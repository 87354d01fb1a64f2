package dev.postern.testing;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as a test describes it: headers, body, address, scheme and attributes. What it was not told, it refuses to
 * answer.
 *
 * <p>For one thread.
 */
public final class TestRequest {

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, Object> answers = new HashMap<>();
    private byte[] body = new byte[0];
    private @Nullable TestContainerSession session;

    private Set<String> roles = Set.of();

    public TestRequest() {
        answers.put("isSecure", true);
        answers.put("getRemoteAddr", "192.0.2.1");
        answers.put("isAsyncSupported", false);
        answers.put("getServerName", "shop.example");
        answers.put("getScheme", "https");
        answers.put("getServerPort", 443);
        answers.put("getContextPath", "");
        answers.put("getMethod", "GET");
        answers.put("getRequestURI", "/orders");
        answers.put("isAsyncStarted", false);
    }

    /** The container takes the caller for one who has these roles, and no others. */
    public TestRequest inRoles(String... names) {
        roles = Set.of(names);
        return this;
    }

    public TestRequest header(String name, String value) {
        headers.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        return this;
    }

    public TestRequest body(String type, String text) {
        return body(type, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestRequest body(String type, byte[] bytes) {
        this.body = bytes.clone();
        return header("Content-Type", type);
    }

    public TestRequest plain(String serverName, String remoteAddress) {
        return answer("isSecure", false)
                .answer("getScheme", "http")
                .answer("getServerName", serverName)
                .answer("getRemoteAddr", remoteAddress);
    }

    /** What a method without parameters answers. */
    public TestRequest answer(String method, Object value) {
        answers.put(method, value);
        return this;
    }

    /** An attribute of the application; it has no others. */
    public TestRequest ofApplicationWith(String name, Object value) {
        Map<String, Object> all = Map.of(name, value);
        return answer(
                "getServletContext",
                Proxy.newProxyInstance(
                        TestRequest.class.getClassLoader(),
                        new Class<?>[] {ServletContext.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("getAttribute")) {
                                return all.get((String) arguments[0]);
                            }
                            throw new UnsupportedOperationException(method.getName());
                        }));
    }

    /** The container's own session, which the application has already. */
    public TestRequest with(TestContainerSession containers) {
        session = containers;
        return this;
    }

    public HttpServletRequest get() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TestRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> answer(method.getName(), arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object answer(String method, Object[] arguments) {
        return switch (method) {
            case "isUserInRole" -> roles.contains((String) arguments[0]);
            case "getUserPrincipal" -> answers.get("getUserPrincipal");
            case "getHeader" -> first((String) arguments[0]);
            case "getHeaders" -> Collections.enumeration(headers.getOrDefault((String) arguments[0], List.of()));
            case "getContentType" -> first("Content-Type");
            case "getParameterMap" -> answers.getOrDefault(method, Map.of());
            case "getQueryString" -> answers.get(method);
            case "getInputStream" -> new Body(body);
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            case "removeAttribute" -> attributes.remove((String) arguments[0]);
            case "getAttributeNames" -> Collections.enumeration(Set.copyOf(attributes.keySet()));
            case "getHttpServletMapping" -> mapping();
            case "getSession" -> session == null || session.isOver() ? null : session.get();
            case "getRequestedSessionId" -> session == null ? null : session.id();
            case "changeSessionId" -> Objects.requireNonNull(session).rename();
            default -> told(method);
        };
    }

    /**
     * The session endpoint stands below {@code /postern}, however its path is written; all else is the default
     * servlet's.
     */
    private HttpServletMapping mapping() {
        String path = String.valueOf(answers.get("getRequestURI")).replaceAll(";[^/]*", "");
        Object name = answers.getOrDefault("servlet", path.endsWith("/postern/session") ? "PosternSession" : "default");
        return (HttpServletMapping) Proxy.newProxyInstance(
                TestRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletMapping.class},
                (proxy, method, arguments) -> name);
    }

    private @Nullable String first(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    private Object told(String method) {
        Object answer = answers.get(method);
        if (answer == null) {
            throw new UnsupportedOperationException("The test did not say what " + method + " answers.");
        }
        return answer;
    }

    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("Only blocking reads are tested.");
        }
    }
}
