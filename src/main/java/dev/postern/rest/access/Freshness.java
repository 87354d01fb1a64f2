package dev.postern.rest.access;

import dev.postern.Fresh;
import dev.postern.rest.method.MethodDeclarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@link Fresh}. The annotation of a method, or of the methods that it overrides, decides alone. Else those of
 * its class and of all supertypes count. Of several the shortest time counts.
 *
 * <p>Safe for concurrent use.
 */
final class Freshness {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private Freshness() {}

    /**
     * How long ago the caller of the method may have signed in, if it is called on the type; empty if that does not
     * matter.
     */
    static Optional<Duration> of(Class<?> type, Method method) {
        return shortest(MethodDeclarations.withAncestors(type)
                        .flatMap(each -> MethodDeclarations.declarations(type, each, method).stream()))
                .or(() -> shortest(MethodDeclarations.withAncestors(type)));
    }

    /** The time of this class or method itself, or else the shortest one that its annotations carry. */
    static Optional<Duration> on(AnnotatedElement element) {
        return on(element, new HashSet<>());
    }

    private static Optional<Duration> on(AnnotatedElement element, Set<Class<?>> seen) {
        Fresh own = element.getAnnotation(Fresh.class);
        return own != null
                ? duration(own.within())
                : Stream.of(element.getAnnotations())
                        .map(Annotation::annotationType)
                        .filter(seen::add)
                        .flatMap(type -> on(type, seen).stream())
                        .min(Comparator.naturalOrder());
    }

    /** The fault of the annotation of a class or method; empty if there is none. */
    static Optional<String> fault(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Fresh.class))
                .map(Fresh::within)
                .filter(text -> duration(text).isEmpty())
                .map(text -> "is marked @Fresh(within = \"" + text
                        + "\"): write a duration of at least a second, PT5M for example.");
    }

    private static Optional<Duration> shortest(Stream<? extends AnnotatedElement> elements) {
        return elements.flatMap(element -> on(element).stream()).min(Comparator.naturalOrder());
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(time -> time.compareTo(SHORTEST) >= 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
