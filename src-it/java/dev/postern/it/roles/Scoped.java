package dev.postern.it.roles;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Resource classes that are beans of one kind or another. */
public final class Scoped {

    private Scoped() {}

    /** One instance for each request, behind a client proxy. */
    @Path("request-scoped")
    @RequestScoped
    @RolesAllowed("clerk")
    public static class PerRequest {

        @GET
        public String get() {
            return Visits.reached();
        }
    }

    /** One instance, behind a client proxy. */
    @Path("application-scoped")
    @ApplicationScoped
    public static class PerApplication {

        @GET
        @RolesAllowed("clerk")
        public String get() {
            return Visits.reached();
        }
    }
}
