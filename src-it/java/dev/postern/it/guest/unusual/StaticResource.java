package dev.postern.it.guest.unusual;

import dev.postern.Fresh;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Servers call static methods too. */
@Path("static")
@RolesAllowed("clerk")
public class StaticResource {

    @GET
    public static String ofClass() {
        return "reached";
    }

    @GET
    @Path("closed")
    @DenyAll
    public static String closed() {
        return "reached";
    }

    @GET
    @Path("manager")
    @RolesAllowed("manager")
    public static String manager() {
        return "reached";
    }

    @GET
    @Path("fresh")
    @Fresh(within = "PT5M")
    @RolesAllowed({"clerk", "manager"})
    public static String fresh() {
        return "reached";
    }
}
