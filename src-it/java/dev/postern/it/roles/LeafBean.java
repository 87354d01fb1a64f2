package dev.postern.it.roles;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A sub-resource behind a client proxy. */
@RequestScoped
public class LeafBean {

    @GET
    public String get() {
        return Visits.reached();
    }

    @GET
    @Path("manager")
    @RolesAllowed("manager")
    public String manager() {
        return Visits.reached();
    }
}
