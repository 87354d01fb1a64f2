package dev.postern.rest.check;

import dev.postern.Fresh;
import dev.postern.HalfWay;
import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.rest.method.JerseyClasses;
import dev.postern.rest.method.MethodDeclarations;
import dev.postern.rest.method.ResourceClasses;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.decorator.Decorator;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds classes on which {@link RolesAllowed}, its kin, {@link Fresh} and {@link HalfWay} have no effect, because
 * nothing reads them there: servlets, services, backing beans, decorators, JAX-RS applications. JAX-RS resources,
 * enterprise beans and their supertypes are none of these.
 */
public final class IgnoredAnnotations {

    private static final List<Class<? extends Annotation>> KINDS =
            List.of(RolesAllowed.class, PermitAll.class, DenyAll.class, Fresh.class, HalfWay.class);
    private static final List<Class<? extends Annotation>> ENTERPRISE =
            List.of(Stateless.class, Stateful.class, Singleton.class, MessageDriven.class);

    private IgnoredAnnotations() {}

    /** Whether the class or one of its methods carries one of the annotations, or an annotation that does. */
    public static boolean isMarked(Class<?> type) {
        return Stream.concat(Stream.<AnnotatedElement>of(type), Stream.of(type.getDeclaredMethods()))
                .anyMatch(element -> carries(element, KINDS));
    }

    /**
     * One sentence for each class, with what to write instead.
     *
     * @param beans the classes of beans that are {@linkplain #isMarked marked}
     * @param enterprise the classes of enterprise beans
     */
    public static List<String> sentences(ServletContext context, Set<Class<?>> beans, Set<Class<?>> enterprise) {
        Set<Class<?>> found = new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
        found.addAll(AnnotatedClasses.of(context).types());
        found.addAll(beans);
        Set<Class<?>> judged = Stream.concat(found.stream(), enterprise.stream())
                .filter(type -> enterprise.contains(type) || isJudged(type))
                .flatMap(MethodDeclarations::withAncestors)
                .collect(Collectors.toSet());
        return found.stream()
                .filter(type -> !judged.contains(type) && isCalled(type) && isMarked(type))
                .map(IgnoredAnnotations::sentence)
                .toList();
    }

    private static boolean isJudged(Class<?> type) {
        return !isDecorator(type) && isAnswering(type);
    }

    /** The decorated class is judged, and the decorator is not. */
    private static boolean isDecorator(Class<?> type) {
        return type.isAnnotationPresent(Decorator.class);
    }

    private static boolean isAnswering(Class<?> type) {
        return ResourceClasses.isResource(type) || carries(type, ENTERPRISE) || JerseyClasses.isHandler(type);
    }

    private static boolean isCalled(Class<?> type) {
        return isDecorator(type) || (!type.isInterface() && !Modifier.isAbstract(type.getModifiers()));
    }

    private static String sentence(Class<?> type) {
        return type.getName() + " carries " + kinds(type) + ", which has no effect there. " + advice(type);
    }

    private static String advice(Class<?> type) {
        if (Servlet.class.isAssignableFrom(type) || Filter.class.isAssignableFrom(type)) {
            return "Write @ServletSecurity on the servlet, or a security-constraint in web.xml.";
        }
        if (Application.class.isAssignableFrom(type)) {
            return "Annotate the JAX-RS resources, or write a security-constraint for their path in web.xml.";
        }
        if (isDecorator(type)) {
            return "Annotate the class that it decorates.";
        }
        return "Annotate the JAX-RS resource that calls it, make it an enterprise bean (@Stateless), or ask"
                + " CurrentUser.hasRole in it.";
    }

    private static String kinds(Class<?> type) {
        return KINDS.stream()
                .filter(kind -> Stream.concat(Stream.<AnnotatedElement>of(type), Stream.of(type.getDeclaredMethods()))
                        .anyMatch(element -> carries(element, List.of(kind))))
                .map(kind -> "@" + kind.getSimpleName())
                .collect(Collectors.joining(" and "));
    }

    private static boolean carries(AnnotatedElement element, List<Class<? extends Annotation>> kinds) {
        return MetaAnnotations.types(element).anyMatch(kinds::contains);
    }

    /** Reads the annotations of a class or method, and those that these carry: stereotypes of CDI, for instance. */
    static final class MetaAnnotations {

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
}
