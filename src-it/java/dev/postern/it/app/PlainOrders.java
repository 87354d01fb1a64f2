package dev.postern.it.app;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;

/** No CDI bean: nothing on it defines one, and the archive's beans.xml says "annotated". */
@Path("plain")
public class PlainOrders {

    @GET
    @RolesAllowed("clerk")
    public String list(@Context SecurityContext security) {
        return "plain orders for " + security.getUserPrincipal().getName();
    }

    @GET
    @Path("open")
    public String open() {
        return "open";
    }
}
