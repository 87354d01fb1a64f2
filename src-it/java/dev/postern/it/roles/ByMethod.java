package dev.postern.it.roles;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** No CDI bean; only methods demand something. */
@Path("by-method")
public class ByMethod {

    @GET
    public String anyone() {
        return Visits.reached();
    }

    @GET
    @Path("clerk")
    @RolesAllowed("clerk")
    public String clerk() {
        return Visits.reached();
    }

    @GET
    @Path("either")
    @RolesAllowed({"clerk", "manager"})
    public String either() {
        return Visits.reached();
    }

    @GET
    @Path("no-role")
    @RolesAllowed({})
    public String noRole() {
        return Visits.reached();
    }

    @GET
    @Path("closed")
    @DenyAll
    public String closed() {
        return Visits.reached();
    }

    /** The application's own exceptions still reach its own mapper. */
    @GET
    @Path("missing/{id}")
    public String missing(@PathParam("id") String id) {
        throw new NotFoundException(Visits.reached() + id);
    }
}
