package dev.postern.it.guest.staticlocator;

import jakarta.annotation.security.DenyAll;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;

/** Its locator is static and carries an annotation. */
@Path("located")
public class StaticLocator {

    @Path("closed")
    @DenyAll
    public static Leaf leaf() {
        return new Leaf();
    }

    /** Found by its annotation. */
    @ApplicationPath("api")
    public static class Api extends Application {}

    /** Says nothing. */
    public static class Leaf {

        @GET
        public String reached() {
            return "reached";
        }
    }
}
