package dev.postern.it.app;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** A CDI bean: for clerks, unless a method says otherwise. */
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

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String place(JsonObject order) {
        return "placed " + order.size();
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return "open to " + (user.isAnonymous() ? "anonymous" : user.name());
    }

    @DELETE
    @RolesAllowed("manager")
    public String cancel() {
        return "cancelled by " + user.name();
    }

    @GET
    @Path("closed")
    @DenyAll
    public String closed() {
        return "never";
    }

    @Path("lines")
    public Lines lines() {
        return new Lines();
    }
}
