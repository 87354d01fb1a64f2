package dev.postern.demo;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The orders: customers place their own and see them, the desk sees all. For one request thread. */
@Path("orders")
@RequestScoped
@RolesAllowed({Role.CUSTOMER, Role.CLERK, Role.MANAGER})
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {

    @Inject
    CurrentUser user;

    @Inject
    SessionMetadata metadata;

    @Inject
    OrderBook book;

    /** The caller's orders; for clerks and the manager, all of them. */
    @GET
    public List<Order> list() {
        return user.hasRole(Role.CLERK) || user.hasRole(Role.MANAGER) ? book.all() : book.of(user.name());
    }

    /** Places an order in the caller's own name. */
    @POST
    @RolesAllowed(Role.CUSTOMER)
    @Consumes(MediaType.APPLICATION_JSON)
    public Response place(@Valid @NotNull(message = "the body must be an order") OrderLine line, @Context UriInfo uri) {
        Article article = Article.of(line.item())
                .orElseThrow(() -> new Refusal(Status.BAD_REQUEST, "item must be one of the catalogue's codes"));
        long id = book.place(new Actor(user.name(), metadata.fingerprint()), line, article);
        return Response.created(
                        uri.getAbsolutePathBuilder().path(Long.toString(id)).build())
                .entity(book.find(id).orElseThrow())
                .build();
    }

    /** Throws every order away, which nobody may. */
    @DELETE
    @DenyAll
    public void clear() {
        throw new IllegalStateException("reached a method that is denied to all");
    }

    /** One order, as a resource of its own. */
    @Path("{id}")
    public OrderResource one(@PathParam("id") long id) {
        return new OrderResource(id, book, user, metadata);
    }
}
