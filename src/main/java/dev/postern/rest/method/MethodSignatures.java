package dev.postern.rest.method;

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
 * Resolves the parameter types of methods as one class sees them, with the type arguments of the class and its
 * supertypes. Two methods of one name override each other exactly when these types are the same (JLS 8.4.2). The
 * members that a raw type inherits are erased, like the type itself (JLS 4.8).
 *
 * <p>Safe for concurrent use.
 */
final class MethodSignatures {

    private final Class<?> leaf;
    private final Map<TypeVariable<?>, Type> arguments = new HashMap<>();

    MethodSignatures(Class<?> leaf) {
        this.leaf = leaf;
        addOfParents(leaf, false);
    }

    /** The parameter types of the method; for a bridge those of the method that it calls. */
    List<Class<?>> of(Method method) {
        if (!method.isBridge()) {
            return resolved(method);
        }
        return MethodDeclarations.withAncestors(leaf)
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

    /** Adds the type arguments that the type gives its parents, unless the type is raw. */
    private void addOfParents(Class<?> type, boolean isRaw) {
        Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
                .forEach(parent -> add(parent, isRaw));
    }

    private void add(Type parent, boolean isOfRawType) {
        if (parent instanceof ParameterizedType parameterized) {
            Class<?> type = (Class<?>) parameterized.getRawType();
            if (!isOfRawType) {
                addArguments(type, parameterized);
            }
            addOfParents(type, isOfRawType);
        } else if (parent instanceof Class<?> type) {
            addOfParents(type, isOfRawType || type.getTypeParameters().length > 0);
        }
    }

    /** Adds the type arguments of the type, and of the types that enclose it. */
    private void addArguments(Class<?> type, ParameterizedType parameterized) {
        TypeVariable<?>[] variables = type.getTypeParameters();
        for (int at = 0; at < variables.length; at++) {
            arguments.put(variables[at], parameterized.getActualTypeArguments()[at]);
        }
        if (parameterized.getOwnerType() instanceof ParameterizedType owner) {
            addArguments((Class<?>) owner.getRawType(), owner);
        }
    }
}
