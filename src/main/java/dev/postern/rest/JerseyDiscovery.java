package dev.postern.rest;

import jakarta.annotation.Priority;
import jakarta.ws.rs.core.FeatureContext;
import org.glassfish.jersey.internal.spi.ForcedAutoDiscoverable;

/**
 * Registers Postern's features with Jersey also where an application has switched off the service loader ({@code
 * jakarta.ws.rs.loadServices}) or Jersey's discovery of features. Roles must not depend on these settings.
 *
 * <p>Only Jersey loads this class, after its look-up of services. Immutable.
 */
@Priority(Integer.MAX_VALUE)
public final class JerseyDiscovery implements ForcedAutoDiscoverable {

    @Override
    public void configure(FeatureContext context) {
        register(AccessFeature.class, context);
        register(ErrorResponseFeature.class, context);
    }

    private static void register(Class<?> feature, FeatureContext context) {
        if (!context.getConfiguration().isRegistered(feature)) {
            context.register(feature);
        }
    }
}
