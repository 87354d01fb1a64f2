package dev.postern.it.guest.locator;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** No filter can be bound to its locator. */
@Path("locator")
public class AnnotatedLocator {

    @Path("leaf")
    @RolesAllowed("clerk")
    public Leaf leaf() {
        return new Leaf();
    }

    /** To where the locator leads. */
    public static class Leaf {

        @GET
        public String read() {
            return "reached";
        }
    }

    /** Serves it. */
    @ApplicationPath("api")
    public static class Served extends Application {}
}
