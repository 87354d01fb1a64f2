package dev.postern.rest.access;

import dev.postern.AuthenticationMethods;
import dev.postern.Fresh;
import dev.postern.HalfWay;
import dev.postern.rest.method.MethodDeclarations;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@link Fresh}. Its age and its methods are decided each by itself: by the annotation of a method, or of the
 * methods that it overrides, if there is one that says so. Else those of its class and of all supertypes count. Of
 * several all count. Reads {@link HalfWay} too, which only restricts: each
 * one counts, on the method, on its class and above.
 *
 * <p>Safe for concurrent use.
 */
final class FreshAnnotations {

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private FreshAnnotations() {}

    /** What the sign-in of a caller of the method has to be, if it is called on the type. */
    static Freshness of(Class<?> type, Method method) {
        Freshness ofMethod = all(MethodDeclarations.withAncestors(type)
                .flatMap(each -> MethodDeclarations.declarations(type, each, method).stream()));
        return ofMethod.over(all(MethodDeclarations.withAncestors(type)));
    }

    /** Whether the method, if it is called on the type, refuses callers who have not even proven a first factor. */
    static boolean isHalfWay(Class<?> type, Method method) {
        return MethodDeclarations.withAncestors(type)
                .anyMatch(each -> isHalfWay(each)
                        || MethodDeclarations.declarations(type, each, method).stream()
                                .anyMatch(FreshAnnotations::isHalfWay));
    }

    /** Whether this class or method carries {@link HalfWay}, or an annotation that does. */
    static boolean isHalfWay(AnnotatedElement element) {
        return isHalfWay(element, new HashSet<>());
    }

    private static boolean isHalfWay(AnnotatedElement element, Set<Class<?>> seen) {
        return element.isAnnotationPresent(HalfWay.class)
                || Stream.of(element.getAnnotations())
                        .map(Annotation::annotationType)
                        .filter(seen::add)
                        .anyMatch(type -> isHalfWay(type, seen));
    }

    /** What this class or method itself demands, or else its annotations together. */
    static Freshness on(AnnotatedElement element) {
        return on(element, new HashSet<>());
    }

    private static Freshness on(AnnotatedElement element, Set<Class<?>> seen) {
        Fresh own = element.getAnnotation(Fresh.class);
        return own != null
                ? demand(own)
                : Stream.of(element.getAnnotations())
                        .map(Annotation::annotationType)
                        .filter(seen::add)
                        .map(type -> on(type, seen))
                        .reduce(Freshness.NONE, Freshness::and);
    }

    /** The fault of the annotation of a class or method; empty if there is none. */
    static Optional<String> fault(AnnotatedElement element) {
        return Optional.ofNullable(element.getAnnotation(Fresh.class)).flatMap(FreshAnnotations::fault);
    }

    private static Optional<String> fault(Fresh fresh) {
        if (fresh.within().isEmpty() && fresh.by().length == 0) {
            return Optional.of("is marked @Fresh and demands nothing: write within, by, or both.");
        }
        if (!fresh.within().isEmpty() && duration(fresh.within()).isEmpty()) {
            return Optional.of("is marked @Fresh(within = \"" + fresh.within()
                    + "\"): write a duration of at least a second, PT5M for example.");
        }
        try {
            AuthenticationMethods.of(fresh.by());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    "is marked @Fresh(by = \"" + String.join("\", \"", fresh.by()) + "\"). " + e.getMessage());
        }
    }

    private static Freshness all(Stream<? extends AnnotatedElement> elements) {
        return elements.map(FreshAnnotations::on).reduce(Freshness.NONE, Freshness::and);
    }

    private static Freshness demand(Fresh fresh) {
        return new Freshness(
                duration(fresh.within()),
                fresh.by().length == 0 ? Set.of() : Set.of(Set.copyOf(Arrays.asList(fresh.by()))));
    }

    private static Optional<Duration> duration(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(time -> time.compareTo(SHORTEST) >= 0);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
