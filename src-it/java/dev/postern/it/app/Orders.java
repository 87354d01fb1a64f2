package dev.postern.it.app;

import dev.postern.CurrentUser;
import dev.postern.Fresh;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** For clerks; a CDI bean that knows who is calling. */
@Path("orders")
@RequestScoped
@RolesAllowed("clerk")
@Produces(MediaType.TEXT_PLAIN)
public class Orders {

    @Inject
    private CurrentUser user;

    @Inject
    private SessionMetadata metadata;

    @GET
    public String list() {
        return "orders for " + user.name() + " " + metadata.fingerprint();
    }

    /** Open to all, but asks who is calling. */
    @GET
    @Path("greeting")
    @PermitAll
    public String greeting() {
        return "hello " + user.name();
    }

    /** Only for somebody who has just signed in. */
    @DELETE
    @Path("{id}")
    @Fresh(within = "PT3S")
    public String cancel(@PathParam("id") String id) {
        return "cancelled " + id;
    }
}
