package dev.postern.rest.access;

import dev.postern.rest.method.MethodDeclarations;
import java.lang.reflect.Method;
import java.util.function.Function;

/**
 * Computes the {@link AccessRule} of a resource method.
 *
 * <ol>
 *   <li>The method's own annotation decides alone: method beats class.
 *   <li>Else the annotation of its class <em>and</em> those of the methods that it overrides.
 *   <li>Where a class has no annotation, those of its superclass and of its interfaces: each of them by these same
 *       rules, and all of them together.
 * </ol>
 *
 * A method that a class inherits without overriding it keeps its own annotation. If it has none, the annotations of
 * both classes count, the declaring and the inheriting one. Jakarta Annotations counts only the former, the servers'
 * own features only the latter, and readers of either class must be right. The result is never less strict than the
 * annotations that are closest to the method.
 *
 * <p>Safe for concurrent use.
 */
public final class AccessRules {

    private AccessRules() {}

    /**
     * The rule of the method when it is called on the type.
     *
     * @throws IllegalStateException if a class or method that counts carries more than one annotation
     */
    public static AccessRule of(Class<?> type, Method method) {
        return roles(type, type, method)
                .with(FreshAnnotations.of(type, method))
                .halfWay(FreshAnnotations.isHalfWay(type, method));
    }

    private static AccessRule roles(Class<?> leaf, Class<?> type, Method method) {
        AccessRule own = onAll(MethodDeclarations.nearestDeclarations(leaf, type, method));
        if (own.declared()) {
            return own;
        }
        AccessRule onType = SecurityAnnotations.on(type);
        boolean replaces = onType.declared()
                && !MethodDeclarations.declarations(leaf, type, method).isEmpty();
        return onType.and(
                ofParents(type, parent -> replaces ? onMethod(leaf, parent, method) : roles(leaf, parent, method)));
    }

    /** The rule of the nearest annotated declarations of the method, in the type or above it; classes do not count. */
    private static AccessRule onMethod(Class<?> leaf, Class<?> type, Method method) {
        AccessRule own = onAll(MethodDeclarations.declarations(leaf, type, method));
        return own.declared() ? own : ofParents(type, parent -> onMethod(leaf, parent, method));
    }

    private static AccessRule ofParents(Class<?> type, Function<Class<?>, AccessRule> rule) {
        return MethodDeclarations.parents(type).map(rule).reduce(AccessRule.UNDECLARED, AccessRule::and);
    }

    private static AccessRule onAll(Iterable<Method> methods) {
        AccessRule all = AccessRule.UNDECLARED;
        for (Method method : methods) {
            all = all.and(SecurityAnnotations.on(method));
        }
        return all;
    }
}
