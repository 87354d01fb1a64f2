package dev.postern.rest.method;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the declarations of one method in a class and its supertypes. Proxies need no special treatment: they override
 * every method, and carry no annotations of their own.
 *
 * <p>Safe for concurrent use.
 */
public final class MethodDeclarations {

    private MethodDeclarations() {}

    /** The superclass, unless it is {@link Object}, and the interfaces that the type itself names. */
    public static Stream<Class<?>> parents(Class<?> type) {
        Class<?> superclass = type.getSuperclass();
        return Stream.concat(
                superclass == null || superclass == Object.class ? Stream.empty() : Stream.of(superclass),
                Stream.of(type.getInterfaces()));
    }

    /** The type and all its supertypes, each once. */
    public static Stream<Class<?>> withAncestors(Class<?> type) {
        return Stream.concat(Stream.of(type), parents(type).flatMap(MethodDeclarations::withAncestors))
                .distinct();
    }

    /**
     * The declarations of the method in the type itself, as the leaf class sees them. An overload is no declaration of
     * it, however similar generics make the two. If the leaf class has no such method, every method that might be meant
     * is a declaration.
     *
     * @param leaf the class of the called object: the type, or a subtype of it
     */
    public static List<Method> declarations(Class<?> leaf, Class<?> type, Method method) {
        MethodSignatures signatures = new MethodSignatures(leaf);
        List<Class<?>> wanted = signatures.of(method);
        boolean isKnown = withAncestors(leaf)
                .flatMap(each -> namedLike(each, method))
                .anyMatch(each -> signatures.of(each).equals(wanted));
        return namedLike(type, method)
                .filter(each -> isKnown ? signatures.of(each).equals(wanted) : overlap(each, method))
                .toList();
    }

    /**
     * The {@linkplain #declarations declarations} in the type, or else those in the nearest superclass that has any.
     */
    public static List<Method> nearestDeclarations(Class<?> leaf, Class<?> type, Method method) {
        List<Method> own = declarations(leaf, type, method);
        Class<?> superclass = type.getSuperclass();
        return own.isEmpty() && superclass != null ? nearestDeclarations(leaf, superclass, method) : own;
    }

    private static Stream<Method> namedLike(Class<?> type, Method method) {
        return Stream.of(type.getDeclaredMethods())
                .filter(each -> each.equals(method) || isInherited(each))
                .filter(each -> each.getName().equals(method.getName()))
                .filter(each -> each.getParameterCount() == method.getParameterCount());
    }

    /** Whether the method can be overridden. A static or private method is a declaration of itself alone. */
    private static boolean isInherited(Method method) {
        return !method.isBridge()
                && !Modifier.isStatic(method.getModifiers())
                && !Modifier.isPrivate(method.getModifiers());
    }

    private static boolean overlap(Method one, Method other) {
        return IntStream.range(0, one.getParameterCount())
                .allMatch(at -> one.getParameterTypes()[at] == other.getParameterTypes()[at]
                        || accepts(one, at, other)
                        || accepts(other, at, one));
    }

    /** Whether the parameter has an open type, which the type of the other parameter can replace. */
    private static boolean accepts(Method open, int at, Method other) {
        Type type = open.getGenericParameterTypes()[at];
        return (open.isBridge() || type instanceof TypeVariable || type instanceof GenericArrayType)
                && open.getParameterTypes()[at].isAssignableFrom(other.getParameterTypes()[at]);
    }
}
