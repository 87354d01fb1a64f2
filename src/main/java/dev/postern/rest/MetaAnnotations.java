package dev.postern.rest;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads which annotations a class or method carries, and which of these carry others: stereotypes of CDI for instance.
 */
final class MetaAnnotations {

    private MetaAnnotations() {}

    /** The types of the annotations of the element, and of the annotations of these, each once. */
    static Stream<Class<? extends Annotation>> types(AnnotatedElement element) {
        Set<Class<? extends Annotation>> types = new HashSet<>();
        collect(element, types);
        return types.stream();
    }

    private static void collect(AnnotatedElement element, Set<Class<? extends Annotation>> types) {
        for (Annotation annotation : element.getAnnotations()) {
            if (types.add(annotation.annotationType())) {
                collect(annotation.annotationType(), types);
            }
        }
    }
}
