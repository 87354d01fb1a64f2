package dev.postern.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.List;

/**
 * Binds an {@link AccessFilter} to every resource method, and what saves its changes to the metadata: also those of classes that are no CDI beans, and of applications
 * that list their classes. Methods without annotations get one as well, because a locator may have led to them.
 *
 * <p>Servers find it through the service loader. Of several features with the same {@link Priority}, or with none, RESTEasy
 * drops all but one, so this one has a priority that nothing else should have, and a second entry in RESTEasy's own list.
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

    private final Locators locators = new Locators();

    /**
     * Computes the method's rule once.
     *
     * @throws IllegalStateException if a class or method carries two annotations: which {@link AccessCheck} should have found
     */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        List<String> faults =
                SecurityAnnotations.faults(resource.getResourceClass()).toList();
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join(" ", faults));
        }
        AccessRule rule = ResourceAccess.of(resource.getResourceClass(), resource.getResourceMethod());
        context.register(new AccessFilter(rule, locators), PRIORITY);
        context.register(new AdmissionEnd(), Priorities.AUTHORIZATION + 1);
        context.register(new SavedMetadata());
    }
}
