package dev.postern.rest.method;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.stream.Stream;

/**
 * Recognizes JAX-RS resources, sub-resources included.
 *
 * <p>Safe for concurrent use.
 */
public final class ResourceClasses {

    private ResourceClasses() {}

    /** Whether the class or a supertype has a path, or a method that answers requests. */
    public static boolean isResource(Class<?> type) {
        return MethodDeclarations.withAncestors(type)
                .anyMatch(each -> each.isAnnotationPresent(Path.class)
                        || Stream.of(each.getDeclaredMethods())
                                .flatMap(method -> Stream.of(method.getAnnotations()))
                                .map(Annotation::annotationType)
                                .anyMatch(ResourceClasses::isOfResources));
    }

    private static boolean isOfResources(Class<? extends Annotation> mark) {
        return mark == Path.class || mark.isAnnotationPresent(HttpMethod.class);
    }
}
