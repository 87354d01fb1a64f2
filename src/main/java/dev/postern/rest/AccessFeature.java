package dev.postern.rest;

import dev.postern.rest.access.AccessFilter;
import dev.postern.rest.access.MethodAccess;
import dev.postern.rest.access.SecurityAnnotations;
import dev.postern.rest.access.SubResourceLocators;
import dev.postern.rest.metadata.MetadataResponseFilter;
import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.rest.method.ResourceClasses;
import jakarta.annotation.Priority;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Binds an {@link AccessFilter} to every resource method, and what saves its changes to the metadata: also those of
 * classes that are no CDI beans, and of applications that list their classes. Methods without annotations get one as
 * well, because a locator may have led to them.
 *
 * <p>Servers find it through the service loader. Of several features with the same {@link Priority}, or with none,
 * RESTEasy drops all but one, so this one has a priority that nothing else should have, and a second entry in
 * RESTEasy's own list.
 *
 * <p>Safe for concurrent use.
 */
@Priority(AccessFeature.PRIORITY)
public final class AccessFeature implements DynamicFeature {

    /**
     * One ahead of the server's own feature, where there is one: Payara's throws what an exception mapper of the
     * application may turn into anything, and its 401 has no challenge.
     */
    static final int PRIORITY = Priorities.AUTHORIZATION - 1;

    private static final Logger LOG = System.getLogger(AccessFeature.class.getName());

    private static final String JERSEY = "org.glassfish.jersey.";

    /**
     * Jersey's own answers to {@code OPTIONS} and its WADL call nothing of the application, and come to this feature
     * like resource methods.
     */
    private static final String DESCRIPTIONS = JERSEY + "server.wadl.";

    @Context
    private @Nullable ServletContext servlets;

    /**
     * Computes the method's rule once.
     *
     * @throws IllegalStateException if a class or method carries two annotations, or a locator carries one: which
     *     {@link AccessStartupCheck} should have found
     */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        if (type != null && isJerseys(type, context)) {
            configureOwn(type, context);
            return;
        }
        List<String> faults = type == null
                ? List.of()
                : Stream.concat(SecurityAnnotations.faults(type), SubResourceLocators.faults(type))
                        .toList();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join(" ", faults));
        }
        guard(new MethodAccess(type, resource.getResourceMethod(), () -> AnnotatedClasses.of(servlets)), context);
    }

    /** Whether the class is part of Jersey. An application may have a package of that name, copied examples for one. */
    private static boolean isJerseys(Class<?> type, FeatureContext context) {
        return type.getName().startsWith(JERSEY)
                && !ResourceClasses.isResource(type)
                && type.getClassLoader() == context.getClass().getClassLoader();
    }

    /**
     * What Jersey answers in the place of a resource class, such as the implicit views of Jersey MVC, does not say
     * which class that is. So it is closed.
     */
    private static void configureOwn(Class<?> type, FeatureContext context) {
        if (type.getName().startsWith(DESCRIPTIONS)) {
            return;
        }
        LOG.log(
                Level.WARNING,
                "{0} is closed, because it does not say for which class of the application it answers. Return"
                        + " views from resource methods instead.",
                type.getName());
        guard(new MethodAccess(null, null, () -> AnnotatedClasses.of(null)), context);
    }

    private static void guard(MethodAccess access, FeatureContext context) {
        context.register(new AccessFilter(access), PRIORITY);
        context.register(new AccessFilter.AdmissionEnd(), Priorities.AUTHORIZATION + 1);
        context.register(new MetadataResponseFilter());
    }
}
