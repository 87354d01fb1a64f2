package dev.postern.rest;

import dev.postern.rest.access.AccessFilter;
import dev.postern.rest.access.MethodAccess;
import dev.postern.rest.access.SecurityAnnotations;
import dev.postern.rest.access.SubResourceLocators;
import dev.postern.rest.metadata.MetadataResponseFilter;
import dev.postern.rest.method.AnnotatedClasses;
import dev.postern.rest.method.JerseyClasses;
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
 * Binds an {@link AccessFilter} and a {@link MetadataResponseFilter} to every resource method: also to those of classes
 * that are no CDI beans, and of applications that list their classes. Methods without annotations get one as well,
 * because a sub-resource locator may have led to them.
 *
 * <p>Servers find the feature by the service loader. RESTEasy keeps one feature of each {@link Priority} and drops the
 * others. So this feature has a priority that others hardly have. In addition it is listed in {@code
 * META-INF/services/jakarta.ws.rs.ext.Providers}, which only RESTEasy reads.
 *
 * <p>Safe for concurrent use.
 */
@Priority(AccessFeature.PRIORITY)
public final class AccessFeature implements DynamicFeature {

    /**
     * One step before the server's own filter. Payara's filter throws an exception, which a mapper of the application
     * may turn into a success, and its 401 has no challenge.
     */
    static final int PRIORITY = Priorities.AUTHORIZATION - 1;

    private static final Logger LOG = System.getLogger(AccessFeature.class.getName());

    @Context
    private @Nullable ServletContext servlets;

    /**
     * Computes the rule of the method once.
     *
     * @throws IllegalStateException for a fault that {@link AccessStartupCheck} should have found
     */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Class<?> type = resource.getResourceClass();
        if (type != null && JerseyClasses.include(type, context.getClass().getClassLoader())) {
            configureJersey(type, context);
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

    /**
     * Closes what Jersey answers in the place of a resource class, such as the implicit views of Jersey MVC. Jersey
     * does not say which class of the application they are about.
     */
    private static void configureJersey(Class<?> type, FeatureContext context) {
        if (JerseyClasses.isDescription(type)) {
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
