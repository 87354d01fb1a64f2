package dev.postern.rest;

import dev.postern.Fresh;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds {@link Fresh} where it would have no effect: on classes that JAX-RS does not call, servlets and other beans.
 */
final class MisplacedFresh {

    private MisplacedFresh() {}

    /**
     * What is wrong with the annotations of a class, if anything is. Resources may carry a marked annotation, and
     * implement a marked interface.
     */
    static Optional<String> fault(Class<?> type) {
        return !type.isInterface() && isMarked(type) && !ResourceClasses.isResource(type)
                ? Optional.of(type.getName()
                        + " is marked @Fresh, which holds on JAX-RS resources only: mark the resource that calls it.")
                : Optional.empty();
    }

    private static boolean isMarked(Class<?> type) {
        return type.isAnnotationPresent(Fresh.class)
                || Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(Fresh.class));
    }
}
