package dev.postern.it.guest.unusual;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;
import org.glassfish.jersey.examples.shop.CopiedExample;

/** One application as most are, and several that switch off how servers find features. */
public final class UnusualApplications {

    private UnusualApplications() {}

    private abstract static class Base extends Application {

        private final String property;

        Base(String property) {
            this.property = property;
        }

        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(
                    StaticResource.class,
                    OuterResource.class,
                    RawResource.class,
                    Implementing.class,
                    CopiedExample.class);
        }

        @Override
        public Map<String, Object> getProperties() {
            return property.isEmpty() ? Map.of() : Map.of(property, !property.endsWith("loadServices"));
        }
    }

    @ApplicationPath("plain")
    public static class Plain extends Base {

        public Plain() {
            super("");
        }
    }

    /** The standard's property of JAX-RS 3.1. */
    @ApplicationPath("without-services")
    public static class WithoutServices extends Base {

        public WithoutServices() {
            super("jakarta.ws.rs.loadServices");
        }
    }

    /** As people choose their JSON provider. */
    @ApplicationPath("without-discovery")
    public static class WithoutDiscovery extends Base {

        public WithoutDiscovery() {
            super("jersey.config.server.disableAutoDiscovery");
        }
    }

    @ApplicationPath("without-lookup")
    public static class WithoutLookup extends Base {

        public WithoutLookup() {
            super("jersey.config.disableMetainfServicesLookup");
        }
    }
}
