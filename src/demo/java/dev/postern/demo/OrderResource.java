package dev.postern.demo;

import dev.postern.CurrentUser;
import dev.postern.SessionMetadata;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;

/** One order: a sub-resource, made by {@link OrdersResource} and no bean. For one request thread. */
@RolesAllowed({Role.CUSTOMER, Role.CLERK, Role.MANAGER})
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {

    private final long id;
    private final OrderBook book;
    private final CurrentUser user;
    private final SessionMetadata metadata;

    OrderResource(long id, OrderBook book, CurrentUser user, SessionMetadata metadata) {
        this.id = id;
        this.book = book;
        this.user = user;
        this.metadata = metadata;
    }

    /** The order; for a customer, somebody else's order does not exist. */
    @GET
    public Order see() {
        return book.find(id)
                .filter(order ->
                        !user.hasRole(Role.CUSTOMER) || order.customer().equals(user.name()))
                .orElseThrow(this::unknown);
    }

    /** Who did what to the order, and in which session. */
    @GET
    @Path("history")
    @RolesAllowed(Role.MANAGER)
    public List<OrderEvent> history() {
        see();
        return book.history(id);
    }

    /** Ships the order. */
    @POST
    @Path("shipment")
    @RolesAllowed(Role.CLERK)
    public Order ship() {
        return move(OrderState.SHIPPED);
    }

    /** Cancels the order. */
    @POST
    @Path("cancellation")
    @RolesAllowed(Role.MANAGER)
    public Order cancel() {
        return move(OrderState.CANCELLED);
    }

    private Order move(OrderState state) {
        see();
        if (!book.move(id, state, new Actor(user.name(), metadata.fingerprint()))) {
            throw new Refusal(Status.CONFLICT, "order " + id + " is no longer open");
        }
        return see();
    }

    private Refusal unknown() {
        return new Refusal(Status.NOT_FOUND, "there is no order " + id);
    }
}
