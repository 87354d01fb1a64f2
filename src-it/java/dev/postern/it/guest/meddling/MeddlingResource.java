package dev.postern.it.guest.meddling;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

/** Answers with cookies of its own. */
@Path("meddle")
@RequestScoped
public class MeddlingResource {

    @Inject
    private SecurityContext security;

    @GET
    public Response cookie(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws ServletException {
        Act.perform(security, request, response);
        return answer();
    }

    @GET
    @Path("later")
    public void later(
            @Context HttpServletRequest request, @Context HttpServletResponse response, @Suspended AsyncResponse later)
            throws ServletException {
        Act.perform(security, request, response);
        later.resume(answer());
    }

    @GET
    @Path("throw")
    public Response fail(@Context HttpServletRequest request, @Context HttpServletResponse response)
            throws ServletException {
        Act.perform(security, request, response);
        throw new IllegalStateException("as a test wants it");
    }

    @GET
    @Path("later/throw")
    public void failLater(
            @Context HttpServletRequest request, @Context HttpServletResponse response, @Suspended AsyncResponse later)
            throws ServletException {
        Act.perform(security, request, response);
        later.resume(new IllegalStateException("as a test wants it"));
    }

    @GET
    @Path("closed")
    @RolesAllowed("clerk")
    public Response closed() {
        return answer();
    }

    @POST
    @Path("closed")
    @RolesAllowed("clerk")
    public Response change() {
        return answer();
    }

    private static Response answer() {
        return Response.ok("done")
                .cookie(new NewCookie.Builder("theirs").value("1").build())
                .build();
    }
}
