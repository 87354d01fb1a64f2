package dev.postern.rest;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The types of the parameters of methods, as a class sees them: with what it and its ancestors put in the place of type
 * variables. Two methods of one name override each other exactly when these are the same (JLS 8.4.2).
 *
 * <p>Safe for concurrent use.
 */
final class Signatures {

    private final Class<?> leaf;
    private final Map<TypeVariable<?>, Type> arguments = new HashMap<>();

    Signatures(Class<?> leaf) {
        this.leaf = leaf;
        addArguments(leaf);
    }

    /** The parameters of the method; of a bridge those of the method to which it leads. */
    List<Class<?>> of(Method method) {
        if (!method.isBridge()) {
            return resolved(method);
        }
        return Hierarchy.withAncestors(leaf)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(each -> !each.isBridge()
                        && each.getName().equals(method.getName())
                        && List.of(each.getParameterTypes()).equals(List.of(method.getParameterTypes())))
                .map(this::resolved)
                .findFirst()
                .orElseGet(() -> resolved(method));
    }

    private List<Class<?>> resolved(Method method) {
        return Stream.of(method.getGenericParameterTypes())
                .<Class<?>>map(this::resolve)
                .toList();
    }

    private Class<?> resolve(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType parameterized) {
            return resolve(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(resolve(array.getGenericComponentType()), 0)
                    .getClass();
        }
        if (type instanceof WildcardType wildcard) {
            return resolve(wildcard.getUpperBounds()[0]);
        }
        TypeVariable<?> variable = (TypeVariable<?>) type;
        return resolve(Optional.ofNullable(arguments.get(variable)).orElse(variable.getBounds()[0]));
    }

    private void addArguments(Class<?> type) {
        Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .forEach(this::addArguments);
        Hierarchy.parents(type).forEach(this::addArguments);
    }

    private void addArguments(ParameterizedType parent) {
        TypeVariable<?>[] variables = ((Class<?>) parent.getRawType()).getTypeParameters();
        for (int at = 0; at < variables.length; at++) {
            arguments.put(variables[at], parent.getActualTypeArguments()[at]);
        }
    }
}
