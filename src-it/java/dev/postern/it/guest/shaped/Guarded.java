package dev.postern.it.guest.shaped;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.AccessLocalException;
import jakarta.ejb.EJBAccessException;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Refuses in several ways. */
@Path("guarded")
public class Guarded {

    @GET
    @RolesAllowed("manager")
    public String manager() {
        return "reached";
    }

    @GET
    @Path("bean")
    public String bean() {
        throw new EJBAccessException("not you");
    }

    @GET
    @Path("local")
    public String local() {
        throw new AccessLocalException("not you");
    }

    /** Serves it. */
    @ApplicationPath("api")
    public static class Served extends Application {}

    /** The application's own answer to one of the exceptions. */
    @Provider
    public static class OwnMapper implements ExceptionMapper<EJBAccessException> {

        @Override
        public Response toResponse(EJBAccessException exception) {
            return Response.status(418).entity("own").type("text/plain").build();
        }
    }
}
