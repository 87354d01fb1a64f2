package dev.postern.cdi.application;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;

/**
 * Which classes CDI can stand before: of JAX-RS resources those to which an interceptor can be bound. Those of which
 * CDI makes no proxy would stop the deployment.
 */
public final class Proxyability {

    private Proxyability() {}

    public static boolean canBeIntercepted(Class<?> type) {
        return !type.isInterface() && canBeProxied(type);
    }

    /** Whether CDI can put something in the place of an object of this type. */
    static boolean canBeProxied(Class<?> type) {
        return type.isInterface() || (isOpen(type) && !type.isArray() && !type.isPrimitive());
    }

    private static boolean isOpen(Class<?> type) {
        return !Modifier.isFinal(type.getModifiers())
                && Stream.of(type.getDeclaredConstructors()).anyMatch(Proxyability::isForProxies)
                && Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass)
                        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                        .noneMatch(Proxyability::isInTheWay);
    }

    private static boolean isForProxies(Constructor<?> constructor) {
        return constructor.getParameterCount() == 0 && !Modifier.isPrivate(constructor.getModifiers());
    }

    private static boolean isInTheWay(Method method) {
        int modifiers = method.getModifiers();
        return Modifier.isFinal(modifiers) && !Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers);
    }
}
