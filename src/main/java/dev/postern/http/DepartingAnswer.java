package dev.postern.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The headers of an answer that is about to go out, as the web server keeps them. The container's response may take
 * itself for committed by then, and ignore what is set on it.
 *
 * <p>For one request.
 */
final class DepartingAnswer extends HttpServletResponseWrapper {

    private final Object headers;
    private final Names names;

    /** How the server calls what is done with headers, and the type of their names. */
    private record Names(
            String get, String set, String add, @Nullable String type) {}

    private DepartingAnswer(HttpServletResponse response, Object headers, Names names) {
        super(response);
        this.headers = headers;
        this.names = names;
    }

    static DepartingAnswer ofUndertow(HttpServletResponse response, Object headerMap) {
        return new DepartingAnswer(response, headerMap, new Names("get", "put", "add", "io.undertow.util.HttpString"));
    }

    static DepartingAnswer ofGrizzly(HttpServletResponse response, Object answer) {
        return new DepartingAnswer(response, answer, new Names("getHeaderValues", "setHeader", "addHeader", null));
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
