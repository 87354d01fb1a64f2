package dev.postern.it.roles;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.Map;

/** No CDI bean; the class demands a role, methods say otherwise. */
@Path("by-class")
@RolesAllowed("clerk")
public class ByClass {

    @GET
    public String clerk() {
        return Visits.reached();
    }

    /** A refused caller must not learn that the body is malformed. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public String body(Map<String, String> body) {
        return Visits.reached() + body.size();
    }

    @GET
    @Path("open")
    @PermitAll
    public String open() {
        return Visits.reached();
    }

    /** Asks for a caller by itself, and leaves the answer to the mechanism. */
    @GET
    @Path("asking")
    @PermitAll
    public String asking(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws IOException, ServletException {
        return request.authenticate(response) ? Visits.reached() : "";
    }

    @GET
    @Path("closed")
    @DenyAll
    public String closed() {
        return Visits.reached();
    }

    @GET
    @Path("manager")
    @RolesAllowed("manager")
    public String manager() {
        return Visits.reached();
    }
}
