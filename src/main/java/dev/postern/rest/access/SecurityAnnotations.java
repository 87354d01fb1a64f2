package dev.postern.rest.access;

import dev.postern.Fresh;
import dev.postern.rest.method.MethodDeclarations;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@link RolesAllowed}, {@link PermitAll} and {@link DenyAll} from one class or method at a time.
 *
 * <p>Safe for concurrent use.
 */
public final class SecurityAnnotations {

    private static final List<Class<? extends Annotation>> ALL =
            List.of(RolesAllowed.class, PermitAll.class, DenyAll.class);

    /** Every signed-in user (Servlet 6.0, section 13.3). Declared as a role it would be a role that no user has. */
    private static final String EVERY_USER = "**";

    private SecurityAnnotations() {}

    /**
     * The faults of a class, its methods and all that it inherits. There is one sentence for each class or method that
     * carries more than one of the three (RS-04), or a {@link Fresh} that cannot be read.
     */
    public static Stream<String> faults(Class<?> type) {
        return MethodDeclarations.withAncestors(type)
                .flatMap(SecurityAnnotations::elements)
                .flatMap(element -> Stream.concat(
                        fault(element).stream(),
                        FreshAnnotations.fault(element).map(what -> nameOf(element) + " " + what).stream()));
    }

    /** The roles that the class and its own methods demand or declare. */
    public static Stream<String> roles(Class<?> type) {
        Stream<String> demanded = elements(type)
                .map(element -> element.getAnnotation(RolesAllowed.class))
                .filter(Objects::nonNull)
                .flatMap(roles -> Stream.of(roles.value()));
        DeclareRoles declared = type.getAnnotation(DeclareRoles.class);
        return Stream.concat(demanded, declared == null ? Stream.empty() : Stream.of(declared.value()))
                .filter(role -> !role.equals(EVERY_USER));
    }

    /**
     * The rule of this class or method itself. Without one of the three, those count that its annotations carry:
     * stereotypes of CDI, for instance.
     *
     * @throws IllegalStateException if it carries more than one of the three
     */
    static AccessRule on(AnnotatedElement element) {
        return on(element, new HashSet<>());
    }

    private static AccessRule on(AnnotatedElement element, Set<Class<?>> seen) {
        AccessRule rule = own(element);
        if (rule.declared()) {
            return rule;
        }
        for (Annotation annotation : element.getAnnotations()) {
            if (seen.add(annotation.annotationType())) {
                rule = rule.and(on(annotation.annotationType(), seen));
            }
        }
        return rule;
    }

    private static AccessRule own(AnnotatedElement element) {
        fault(element).ifPresent(fault -> {
            throw new IllegalStateException(fault);
        });
        RolesAllowed roles = element.getAnnotation(RolesAllowed.class);
        if (roles != null) {
            return AccessRule.anyOf(roles.value());
        }
        if (element.isAnnotationPresent(DenyAll.class)) {
            return AccessRule.CLOSED;
        }
        return element.isAnnotationPresent(PermitAll.class) ? AccessRule.OPEN : AccessRule.UNDECLARED;
    }

    /** Whether the element carries more than one of the three. */
    static boolean isFaulty(AnnotatedElement element) {
        return fault(element).isPresent();
    }

    /** The class and its own methods. Bridges are left out, because the compiler copies annotations to them. */
    private static Stream<AnnotatedElement> elements(Class<?> type) {
        return Stream.concat(
                Stream.of(type), Stream.of(type.getDeclaredMethods()).filter(method -> !method.isBridge()));
    }

    private static Optional<String> fault(AnnotatedElement element) {
        List<String> present = ALL.stream()
                .filter(element::isAnnotationPresent)
                .map(annotation -> "@" + annotation.getSimpleName())
                .toList();
        return present.size() < 2
                ? Optional.empty()
                : Optional.of(nameOf(element) + " carries " + String.join(" and ", present) + ": keep one of them.");
    }

    private static String nameOf(AnnotatedElement element) {
        return element instanceof Method method
                ? "The method " + method.getDeclaringClass().getName() + "." + method.getName()
                : "The class " + ((Class<?>) element).getName();
    }
}
