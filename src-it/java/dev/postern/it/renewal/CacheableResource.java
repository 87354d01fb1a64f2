package dev.postern.it.renewal;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;

/** Says of its answers that any cache may keep them. */
@Path("cacheable")
@RolesAllowed("clerk")
public class CacheableResource {

    @GET
    public Response get(@Context SecurityContext security) {
        return Response.ok("cacheable for " + security.getUserPrincipal().getName())
                .header("Cache-Control", "public, max-age=60")
                .header("Vary", "Accept")
                .build();
    }
}
