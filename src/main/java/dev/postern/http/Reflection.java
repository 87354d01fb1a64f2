package dev.postern.http;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Calls of a server's own classes, which other servers lack. */
final class Reflection {

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
            throw new NoSuchMethodException(method + " gives nothing.");
        }
        return result;
    }
}
