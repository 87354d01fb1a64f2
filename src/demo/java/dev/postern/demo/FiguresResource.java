package dev.postern.demo;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The figures of the day, for the manager alone. For one request thread. */
@Path("figures")
@RequestScoped
@RolesAllowed(Role.MANAGER)
@Produces(MediaType.APPLICATION_JSON)
public class FiguresResource {

    @Inject
    OrderBook book;

    /** What came in today. */
    @GET
    public Figures today() {
        return book.figures();
    }
}
