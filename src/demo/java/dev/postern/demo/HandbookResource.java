package dev.postern.demo;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The desk's house rules, for those who work there: a resource class that is no CDI bean. Immutable. */
@Path("handbook")
@RolesAllowed({Role.CLERK, Role.MANAGER})
@Produces(MediaType.TEXT_PLAIN)
public class HandbookResource {

    /** The rules. */
    @GET
    public String rules() {
        return "Ship in the order in which the orders came in. Only the manager cancels.";
    }
}
