package dev.postern.demo.order;

import dev.postern.CurrentUser;
import dev.postern.Fresh;
import dev.postern.demo.Refusal;
import dev.postern.demo.Role;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/** The orders: customers place their own and see them, clerks see and ship all. For one request thread. */
@Path("orders")
@RequestScoped
@RolesAllowed({Role.CUSTOMER, Role.CLERK, Role.MANAGER})
@Produces(MediaType.APPLICATION_JSON)
public class OrdersResource {

    @Inject
    CurrentUser user;

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
    public Order place(OrderLine line) {
        return found(book.place(user.name(), line, line.article()));
    }

    /** Ships the order. */
    @POST
    @Path("{id}/shipment")
    @RolesAllowed(Role.CLERK)
    public Order ship(@PathParam("id") long id) {
        return move(id, OrderState.SHIPPED);
    }

    /** Cancels the order, for a manager who has typed the password a short while ago. */
    @POST
    @Path("{id}/cancellation")
    @RolesAllowed(Role.MANAGER)
    @Fresh(within = "PT30S")
    public Order cancel(@PathParam("id") long id) {
        return move(id, OrderState.CANCELLED);
    }

    /** Deletes all orders, which is allowed for no role. */
    @DELETE
    @DenyAll
    public void clear() {
        throw new IllegalStateException("reached a method that is denied to all");
    }

    private Order move(long id, OrderState state) {
        Order order = found(id);
        if (!book.move(id, state)) {
            throw new Refusal(Status.CONFLICT, "Order " + id + " is " + order.state() + " already.");
        }
        return found(id);
    }

    private Order found(long id) {
        return book.find(id).orElseThrow(() -> new Refusal(Status.NOT_FOUND, "There is no order " + id + "."));
    }
}
