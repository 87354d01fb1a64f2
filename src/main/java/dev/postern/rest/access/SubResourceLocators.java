package dev.postern.rest.access;

import dev.postern.rest.method.MethodDeclarations;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the sub-resource locators of a class: methods with a path and without an HTTP method.
 *
 * <p>Servers bind no filter to a locator, and do not say which one led to a resource. So the annotations of the class
 * that holds the locators count, and an annotation on a locator itself cannot be judged:
 *
 * <table>
 * <caption>What happens to an annotated locator</caption>
 * <tr><th>The locator has a path</th><td>the deployment stops, and what its class leads to is closed</td></tr>
 * <tr><th>A program made it, with Jersey's builder</th><td>what its class leads to is closed</td></tr>
 * </table>
 *
 * <p>A locator runs before any filter that is bound to a method: what it returns is guarded, not its own body.
 *
 * <p>Safe for concurrent use.
 */
public final class SubResourceLocators {

    private static final Logger LOG = System.getLogger(SubResourceLocators.class.getName());

    private SubResourceLocators() {}

    /** What is wrong with the locators that the class declares or inherits: one sentence for each annotated one. */
    public static Stream<String> faults(Class<?> type) {
        return annotated(type)
                .map(method -> "The method " + method.getDeclaringClass().getName() + "." + method.getName()
                        + " is a sub-resource locator and carries an annotation that says who may call it, which holds"
                        + " for no locator: annotate its class, or the sub-resource.");
    }

    /**
     * The rule of everything to which the locators of the class lead. A class without a locator with a path was
     * registered by a program, and any of its methods may be the locator: all that stands above the class counts, and
     * an annotated method closes it.
     */
    public static AccessRule rule(Class<?> type) {
        if (annotated(type).findAny().isPresent()) {
            return AccessRule.CLOSED;
        }
        List<Method> locators =
                methods(type).filter(method -> isLocator(type, method)).toList();
        return locators.isEmpty()
                ? withoutPath(type)
                : locators.stream()
                        .map(method -> AccessRules.of(type, method))
                        .reduce(AccessRule.UNDECLARED, AccessRule::and);
    }

    private static AccessRule withoutPath(Class<?> type) {
        boolean isAnnotated = methods(type)
                .filter(SubResourceLocators::isAnnotated)
                .anyMatch(
                        method -> declarations(type, method).stream().noneMatch(SubResourceLocators::answersRequests));
        if (isAnnotated) {
            LOG.log(
                    Level.WARNING,
                    "What the sub-resource locators of {0} lead to is closed: a method of it carries an annotation that"
                            + " says who may call it, and the server does not say which method is the locator. Annotate"
                            + " the class, or the sub-resource.",
                    type);
            return AccessRule.CLOSED;
        }
        return ofClasses(type);
    }

    private static AccessRule ofClasses(Class<?> type) {
        return MethodDeclarations.withAncestors(type)
                .map(each -> SecurityAnnotations.on(each)
                        .with(FreshAnnotations.on(each))
                        .halfWay(FreshAnnotations.isHalfWay(each)))
                .reduce(AccessRule.UNDECLARED, AccessRule::and);
    }

    private static Stream<Method> annotated(Class<?> type) {
        return methods(type).filter(method -> isLocator(type, method)).filter(SubResourceLocators::isAnnotated);
    }

    private static Stream<Method> methods(Class<?> type) {
        return MethodDeclarations.withAncestors(type)
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(method -> !method.isBridge());
    }

    /** Whether it or a method that it implements has a path, and none of them answers requests. */
    private static boolean isLocator(Class<?> type, Method method) {
        List<Method> declarations = declarations(type, method);
        return declarations.stream().anyMatch(each -> each.isAnnotationPresent(Path.class))
                && declarations.stream().noneMatch(SubResourceLocators::answersRequests);
    }

    private static List<Method> declarations(Class<?> type, Method method) {
        return MethodDeclarations.withAncestors(type)
                .flatMap(each -> MethodDeclarations.declarations(type, each, method).stream())
                .toList();
    }

    private static boolean answersRequests(Method method) {
        return Stream.of(method.getAnnotations())
                .anyMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static boolean isAnnotated(AnnotatedElement element) {
        return SecurityAnnotations.isFaulty(element)
                || SecurityAnnotations.on(element).declared()
                || FreshAnnotations.on(element).restricts()
                || FreshAnnotations.isHalfWay(element);
    }
}
