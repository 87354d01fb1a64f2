package org.glassfish.jersey.examples.shop;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource in a package that an application has kept from an example. */
@Path("copied")
@DenyAll
public class CopiedExample {

    @GET
    public String closed() {
        return "reached";
    }

    @GET
    @Path("clerk")
    @RolesAllowed("clerk")
    public String clerk() {
        return "reached";
    }
}
