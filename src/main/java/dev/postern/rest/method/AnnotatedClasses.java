package dev.postern.rest.method;

import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of the application with security annotations, and its enterprise beans, as the server found them at the
 * start.
 *
 * <p>Immutable.
 */
public record AnnotatedClasses(Set<Class<?>> types) {

    private static final String ATTRIBUTE = AnnotatedClasses.class.getName();

    public AnnotatedClasses {
        types = Set.copyOf(types);
    }

    /** The classes of the application; empty if the server has not looked for them. */
    public static AnnotatedClasses of(@Nullable ServletContext context) {
        return context != null && context.getAttribute(ATTRIBUTE) instanceof AnnotatedClasses known
                ? known
                : new AnnotatedClasses(Set.of());
    }

    public void leaveIn(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** The classes that a generated class may hide when the method is called on it. */
    public Stream<Class<?>> behind(Class<?> generated, Method method) {
        return implementing(MethodDeclarations.withAncestors(generated)
                .filter(each ->
                        !MethodDeclarations.declarations(each, each, method).isEmpty()));
    }

    /** The classes that a generated class with sub-resource locators may hide. */
    public Stream<Class<?>> behindLocators(Class<?> generated) {
        return implementing(MethodDeclarations.withAncestors(generated)
                .filter(each -> Stream.of(each.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Path.class))));
    }

    private Stream<Class<?>> implementing(Stream<Class<?>> contracts) {
        Set<Class<?>> all = Set.copyOf(contracts.filter(Class::isInterface).toList());
        return types.stream()
                .filter(each ->
                        !each.isInterface() && all.stream().anyMatch(contract -> contract.isAssignableFrom(each)));
    }
}
