package dev.postern.rest;

import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an interface of many methods out of the few answers that a test needs; any other call fails the test. */
public final class Answering {

    private Answering() {}

    public static <T> T with(Class<T> type, Map<String, ? extends Answer> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Answer answer = answers.get(method.getName());
            if (answer == null) {
                throw new AssertionError("not expected: " + method);
            }
            return answer.to(args == null ? new Object[0] : args);
        }));
    }

    /** What one method answers. */
    @FunctionalInterface
    public interface Answer {
        @Nullable
        Object to(Object[] arguments);
    }
}
