package dev.postern.it.roles;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Annotations that stand somewhere above the method that runs. */
public final class Inherited {

    private Inherited() {}

    /** An interface that carries everything. */
    @RolesAllowed("clerk")
    public interface Api<T> {

        @GET
        String byType();

        @GET
        @Path("open")
        @PermitAll
        String open();

        @POST
        @RolesAllowed("manager")
        String generic(T body);
    }

    /** The class says nothing at all. */
    @Path("from-interface")
    public static class FromInterface implements Api<String> {

        @Override
        public String byType() {
            return Visits.reached();
        }

        @Override
        public String open() {
            return Visits.reached();
        }

        @Override
        public String generic(String body) {
            return Visits.reached();
        }
    }

    /** A superclass with a rule of its own. */
    @RolesAllowed("clerk")
    public static class Base {

        @GET
        public String untouched() {
            return Visits.reached();
        }

        @GET
        @Path("closed")
        @DenyAll
        public String closed() {
            return Visits.reached();
        }

        @GET
        @Path("overridden")
        @RolesAllowed("manager")
        public String overridden() {
            return Visits.reached();
        }
    }

    /** Inherits two methods and overrides one without a word about roles. */
    @Path("from-superclass")
    public static class FromSuperclass extends Base {

        @Override
        public String overridden() {
            return Visits.reached();
        }
    }

    /** Opens what it declares itself, and not what it inherits. */
    @Path("opened")
    @PermitAll
    public static class Opened extends Base {

        @GET
        @Path("own")
        public String own() {
            return Visits.reached();
        }
    }
}
