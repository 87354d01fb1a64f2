package dev.postern.it.guest.ignored;

import jakarta.annotation.Priority;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.inject.Stereotype;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Beans with and without something that looks at their annotations. */
public final class Beans {

    private Beans() {}

    @Named
    @RequestScoped
    public static class Backing {

        @DenyAll
        public String shown() {
            return "shown";
        }

        @PermitAll
        public String open() {
            return "open";
        }
    }

    @ApplicationScoped
    @RolesAllowed("clerk")
    public static class Service {}

    /** Carries a role. */
    @Stereotype
    @RolesAllowed("clerk")
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    public @interface ClerksOnly {}

    @ApplicationScoped
    @ClerksOnly
    public static class Stereotyped {}

    @ApplicationScoped
    public static class Unmarked {}

    /** A class that a resource extends. */
    @RolesAllowed("clerk")
    public static class Base {}

    @Path("resource")
    public static class Resource extends Base {

        @GET
        public String read() {
            return "reached";
        }
    }

    /** A sub-resource. */
    @RolesAllowed("clerk")
    public static class Leaf {

        @GET
        public String read() {
            return "reached";
        }
    }

    /** Serves what there is. */
    @ApplicationPath("api")
    public static class Served extends Application {}

    /** An application that wants to guard all of its resources. */
    @ApplicationPath("guarded")
    @RolesAllowed("clerk")
    public static class Guarding extends Application {}

    /** What is decorated. */
    public interface Counter {

        @GET
        String count();
    }

    /** A resource with a decorator. */
    @Path("counted")
    @RequestScoped
    public static class Counted implements Counter {

        @Override
        public String count() {
            return "counted";
        }
    }

    /** It wants to guard it. */
    @Decorator
    @Priority(1)
    public abstract static class Checking implements Counter {

        @Inject
        @Delegate
        private Counter counter;

        @Override
        @RolesAllowed("clerk")
        public String count() {
            return "checked " + counter.count();
        }
    }
}
