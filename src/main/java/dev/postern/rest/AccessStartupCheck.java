package dev.postern.rest;

import dev.postern.Fresh;
import dev.postern.HalfWay;
import dev.postern.rest.access.SecurityAnnotations;
import dev.postern.rest.access.SubResourceLocators;
import dev.postern.rest.check.DeclaredRoles;
import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.rest.method.MethodDeclarations;
import dev.postern.rest.method.ResourceClasses;
import jakarta.annotation.security.DeclareRoles;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks every class with a security annotation, and every JAX-RS resource, while the application starts. That includes
 * the classes of sub-resources, which JAX-RS names only in requests, and enterprise beans, whose proxies hide their
 * classes.
 *
 * <ul>
 *   <li>A class or method with two security annotations stops the deployment, and so does an annotated locator.
 *   <li>A {@link Fresh} or {@link HalfWay} where it has no effect stops the deployment.
 *   <li>The roles of the annotations are declared to the server, because Payara's {@code isUserInRole} knows declared
 *       roles only, and finds none on JAX-RS resources.
 * </ul>
 *
 * <p>Safe for concurrent use.
 */
@HandlesTypes({
    RolesAllowed.class,
    PermitAll.class,
    DenyAll.class,
    DeclareRoles.class,
    Fresh.class,
    HalfWay.class,
    Stateless.class,
    Stateful.class,
    Singleton.class,
    Path.class,
    GET.class,
    POST.class,
    PUT.class,
    DELETE.class,
    PATCH.class
})
public final class AccessStartupCheck implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger(AccessStartupCheck.class.getName());

    /**
     * Checks the classes.
     *
     * @throws IllegalStateException listing every fault
     */
    @Override
    public void onStartup(@Nullable Set<Class<?>> annotated, ServletContext context) {
        Set<String> faults = new TreeSet<>();
        Set<String> roles = new TreeSet<>();
        Set<Class<?>> types = annotated == null ? Set.of() : annotated;
        Set<Class<?>> ofResources = ofResources(types);
        for (Class<?> type : types) {
            try {
                SecurityAnnotations.faults(type).forEach(faults::add);
                SubResourceLocators.faults(type).forEach(faults::add);
                if (!ofResources.contains(type)) {
                    MisplacedRule.fault(type).ifPresent(faults::add);
                }
                SecurityAnnotations.roles(type).forEach(roles::add);
            } catch (LinkageError incomplete) {
                LOG.log(Level.DEBUG, type + " cannot be read, because a class that it needs is missing.", incomplete);
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join(" ", faults));
        }
        new AnnotatedClasses(types).leaveIn(context);
        new DeclaredRoles(roles).declareIn(context);
    }

    /** The resources, and what they extend and implement. */
    private static Set<Class<?>> ofResources(Set<Class<?>> types) {
        Set<Class<?>> all = new HashSet<>();
        for (Class<?> type : types) {
            try {
                if (ResourceClasses.isResource(type)) {
                    MethodDeclarations.withAncestors(type).forEach(all::add);
                }
            } catch (LinkageError incomplete) {
                LOG.log(Level.DEBUG, type + " cannot be read, because a class that it needs is missing.", incomplete);
            }
        }
        return all;
    }

    /**
     * Finds {@link Fresh} and {@link HalfWay} on classes that JAX-RS does not call, servlets and other beans, where
     * they have no effect.
     */
    static final class MisplacedRule {

        private static final List<Class<? extends Annotation>> KINDS = List.of(Fresh.class, HalfWay.class);

        private MisplacedRule() {}

        /**
         * The fault of a class; empty if there is none. Annotations and interfaces may carry them, because resources
         * may carry or implement them.
         */
        static Optional<String> fault(Class<?> type) {
            return type.isInterface() || ResourceClasses.isResource(type)
                    ? Optional.empty()
                    : KINDS.stream()
                            .filter(kind -> isMarked(type, kind))
                            .findFirst()
                            .map(kind -> sentence(type, kind));
        }

        private static String sentence(Class<?> type, Class<? extends Annotation> kind) {
            return type.getName() + " is marked @" + kind.getSimpleName()
                    + ", which holds on JAX-RS resources only: mark the" + " resource that calls it.";
        }

        private static boolean isMarked(Class<?> type, Class<? extends Annotation> kind) {
            return type.isAnnotationPresent(kind)
                    || Stream.of(type.getDeclaredMethods()).anyMatch(method -> method.isAnnotationPresent(kind));
        }
    }
}
