package dev.postern.rest;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A method that returns a sub-resource: it has a path and no HTTP method.
 *
 * <p>Immutable.
 *
 * @param type the declared type of what it returns
 * @param literals those segments of its path that a request must contain to get there
 */
record Locator(Class<?> type, Set<String> literals, AccessRule rule) {

    /** A segment with a template, or from one template to the last: what they match is not known. */
    private static final Pattern TEMPLATES = Pattern.compile("[^/]*\\{.*}[^/]*");

    /** Segments that look the same however they are encoded. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~-]+");

    /** The locators that a class declares or inherits, each with its own rule when called on that class. */
    static List<Locator> of(Class<?> resource) {
        return Hierarchy.withAncestors(resource)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .filter(Locator::isLocator)
                .map(method ->
                        new Locator(method.getReturnType(), literals(method), ResourceAccess.of(resource, method)))
                .toList();
    }

    /** Whether it can have returned that. A locator may also return a class, of which the server makes an instance. */
    boolean mayReturn(Object resource) {
        return type.isInstance(resource) || type == Class.class;
    }

    /** Whether it can have matched a path with these segments, decoded. */
    boolean mayMatch(Set<String> segments) {
        return segments.containsAll(literals);
    }

    private static boolean isLocator(Method method) {
        return method.isAnnotationPresent(Path.class)
                && Stream.of(method.getAnnotations())
                        .noneMatch(each -> each.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static Set<String> literals(Method method) {
        String path =
                TEMPLATES.matcher(method.getAnnotation(Path.class).value()).replaceAll("");
        return Set.copyOf(Stream.of(path.split("/"))
                .filter(segment -> PLAIN.matcher(segment).matches())
                .toList());
    }
}
